package dev.holdfast.app;

import dev.holdfast.yaml.Problems;
import dev.holdfast.yaml.Source;
import dev.holdfast.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads a configuration repository. Never fails: whatever is wrong becomes a problem, and all problems of all files
/// are
/// found in one go.
public final class DesiredReader {

    /// Of all app files together: what a repository of somebody else may cost.
    private static final int MAX_BYTES = 8 << 20;

    private final Source source;
    private final Problems problems = new Problems();

    private DesiredReader(Source source) {
        this.source = source;
    }

    public static Desired read(Source source) {
        return new DesiredReader(source).read();
    }

    private Desired read() {
        var repository = repository();
        var apps = apps(repository);
        var documents = apps.documents();
        AppRules.check(documents, repository);
        NameRules.check(documents, repository);
        DependencyRules.check(documents);
        PortRules.check(documents);
        OrderRules.check(documents, repository.repository());
        NetworkRules.check(documents, repository.repository());
        FileModeRules.check(documents, repository.repository());
        DirectoryRules.check(documents, repository.repository());
        ClaimRules.check(documents, repository.repository());
        MountRules.check(documents, repository.repository());
        var contents = new ContentReader(source, repository).read();
        AppFiles.tell(source, ContentReader.files(repository.repository()), problems);
        return desired(repository.repository(), apps, contents);
    }

    private Desired desired(Repository repository, AppReader apps, Map<String, byte[]> contents) {
        var sound = new ArrayList<Desired.DeclaredApp>();
        var broken = new TreeSet<>(apps.namesInBrokenFiles());
        for (var document : apps.documents()) {
            if (document.app() != null && !problems.hasErrorIn(document.file())) {
                sound.add(new Desired.DeclaredApp(document.app(), document.file(), document.line()));
            } else if (document.name() != null) {
                broken.add(document.name());
            }
        }
        sound.removeIf(declared -> broken.contains(declared.app().name()));
        sound.sort(java.util.Comparator.comparing(declared -> declared.app().name()));
        return new Desired(repository, List.copyOf(sound), problems.sorted(), broken, contents, !problems.hasErrors());
    }

    private RepositoryReader.Read repository() {
        var paths = source.paths();
        if (paths.contains("holdfast.yml")) {
            problems.error(Yaml.Place.of("holdfast.yml"), "", "is not read; rename it to holdfast.yaml");
        }
        var there = paths.contains(RepositoryReader.FILE);
        var bytes = there ? bytes(RepositoryReader.FILE) : null;
        return RepositoryReader.read(bytes, !there, problems);
    }

    private AppReader apps(RepositoryReader.Read repository) {
        var reader = new AppReader(repository, problems);
        source.unreadableFolders().forEach((folder, why) -> {
            if (folder.equals(AppFiles.FOLDER) || folder.startsWith(AppFiles.FOLDER + "/")) {
                problems.error(Yaml.Place.of(folder), "", why);
            }
        });
        var files = source.paths().stream().filter(AppFiles::isRead).toList();
        if (files.isEmpty()) {
            problems.error(
                    Yaml.Place.of(AppFiles.FOLDER),
                    "",
                    "there is no app file; each app is a file apps/NAME.yaml" + AppFiles.elsewhere(source));
        }
        var total = 0L;
        for (var file : files) {
            var bytes = bytes(file);
            total += bytes == null ? 0 : bytes.length;
            if (total > MAX_BYTES) {
                problems.error(
                        Yaml.Place.of(AppFiles.FOLDER),
                        "",
                        "the app files are larger than %,d MiB together; give some of them a repository of their own"
                                .formatted(MAX_BYTES >> 20));
                break;
            }
            if (bytes != null) {
                reader.read(file, bytes);
            }
        }
        return reader;
    }

    private byte @Nullable [] bytes(String path) {
        try {
            var bytes = source.read(path);
            if (bytes.isEmpty()) {
                problems.error(Yaml.Place.of(path), "", "cannot be read");
            }
            return bytes.orElse(null);
        } catch (Source.UnreadableFile e) {
            problems.error(Yaml.Place.of(path), "", e.getMessage() == null ? "cannot be read" : e.getMessage());
            return null;
        }
    }
}
