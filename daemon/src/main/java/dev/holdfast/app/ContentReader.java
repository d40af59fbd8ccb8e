package dev.holdfast.app;

import dev.holdfast.yaml.Ciphertext;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads the files that secrets and configs name, within the sizes that the engine accepts.
final class ContentReader {

    private final RepositoryReader.Read repository;
    private final ContentFiles files;

    ContentReader(ContentFiles files, RepositoryReader.Read repository) {
        this.files = files;
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
        if (content.external() == (content.file() != null)) {
            if (!repository.reading().hasFailedBelow(path)) {
                error(
                        path,
                        content.external()
                                ? "must have file or external, not both"
                                : "must have file, or external: true");
            }
            return;
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
        files.read(file, clean, secret, plain, message -> error(path, message), tool -> {
            error(path, "the file %s ".formatted(clean) + ciphertext(tool));
            return false;
        });
    }

    private static String ciphertext(String tool) {
        return Ciphertext.problem(tool)
                + ": apps would get the ciphertext; commit it decrypted, or make it with docker secret create (docker"
                + " config create) and write external: true; write plain: true where apps are to get just that";
    }

    private void error(String path, String message) {
        repository.reading().error(path, message);
    }
}
