package dev.holdfast.app;

import dev.holdfast.yaml.Ciphertext;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads the files that secrets and configs name, within the sizes that the engine accepts.
final class ContentReader {

    private final RepositoryReader.Read repository;
    private final ContentFiles files;
    private final SopsFiles sops;

    ContentReader(ContentFiles files, SopsFiles sops, RepositoryReader.Read repository) {
        this.files = files;
        this.sops = sops;
        this.repository = repository;
    }

    void read() {
        repository.repository().secrets().forEach((name, secret) -> read("secrets." + name, secret, true));
        repository.repository().configs().forEach((name, config) -> read("configs." + name, config, false));
    }

    /// The files that are named, each as [Source#paths] has it.
    static Set<String> files(Repository repository) {
        return Stream.of(repository.secrets(), repository.configs())
                .flatMap(sources -> sources.values().stream())
                .map(source -> source.file() == null ? null : ContentFiles.clean(source.file()))
                .filter(path -> path != null)
                .collect(Collectors.toSet());
    }

    private void read(String path, Repository.ContentSource content, boolean secret) {
        var ways = Stream.of(content.external(), content.file() != null, content.sops() != null)
                .filter(way -> way)
                .count();
        if (ways != 1) {
            if (!repository.reading().hasFailedBelow(path)) {
                error(
                        path,
                        ways > 1
                                ? "must have one of file, sops and external, not several"
                                : "must have file, or sops, or external: true");
            }
            return;
        }
        if (content.key() != null && content.sops() == null) {
            error(path + ".key", "goes with sops, the file that the key is in");
        }
        if (!content.external() && content.name() != null) {
            error(path + ".name", "is only for external ones; Holdfast names the others by their content");
        }
        if (content.external() && content.templateDriver() != null) {
            error(path + ".template_driver", "is not for external ones");
        }
        if (content.external() && content.plain()) {
            error(path + ".plain", "is not for external ones");
        }
        if (content.file() != null && !repository.reading().hasFailedBelow(path)) {
            readFile(path + ".file", content.file(), content.plain(), secret);
        }
        if (content.sops() != null && !repository.reading().hasFailedBelow(path)) {
            open(path, content, content.sops(), secret);
        }
    }

    private void readFile(String path, String file, boolean plain, boolean secret) {
        var clean = ContentFiles.clean(file);
        if (clean == null) {
            error(
                    path,
                    "must be a path inside the repository"
                            + repository.reading().got(path, file));
            return;
        }
        var bytes = files.read(clean, secret, message -> error(path, message));
        if (bytes.isEmpty()) {
            return;
        }
        var tool = plain ? Optional.<String>empty() : Ciphertext.of(bytes.get());
        if (tool.isPresent()) {
            error(path, "the file %s ".formatted(clean) + ciphertext(clean, bytes.get(), tool.get()));
        } else {
            files.put(file, "the file " + clean, bytes.get(), secret, message -> error(path, message));
        }
    }

    private void open(String path, Repository.ContentSource content, String file, boolean secret) {
        var opened = sops.open(file, message -> error(path + ".sops", message));
        if (opened.isEmpty()) {
            return;
        }
        var key = content.key();
        var what = "the file " + file + (key == null ? "" : " at " + key);
        sops.value(opened.get(), file, key, message -> error(path + ".key", message))
                .ifPresent(bytes -> files.put(
                        String.valueOf(content.content()), what, bytes, secret, message -> error(path, message)));
    }

    private static String ciphertext(String path, byte[] content, String tool) {
        if (SopsFiles.isEncrypted(path, content)) {
            return "is encrypted with SOPS: write sops: %s in the place of file, and key: NAME for one value of it; or plain: true where apps are to get the ciphertext"
                    .formatted(path);
        }
        return Ciphertext.problem(tool)
                + ": apps would get the ciphertext; commit it decrypted, or make it with docker secret create (docker"
                + " config create) and write external: true; write plain: true where apps are to get just that";
    }

    private void error(String path, String message) {
        repository.reading().error(path, message);
    }
}
