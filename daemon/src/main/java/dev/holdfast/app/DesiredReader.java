package dev.holdfast.app;

import dev.holdfast.yaml.Problems;
import dev.holdfast.yaml.Source;
import dev.holdfast.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads a configuration repository. Never fails: whatever is wrong becomes a problem, and all problems of all files
/// are
/// found in one go.
public final class DesiredReader {

    /// Of all app files together: what a repository of somebody else may cost.
    private static final int MAX_BYTES = 8 << 20;

    private static final List<String> READ = List.of(AppFiles.FOLDER, StackFiles.FOLDER);

    private final Source source;
    private final Problems problems = new Problems();
    private final Clusters clusters;
    private final ContentFiles files;
    private final SopsFiles sops;
    private final ClusterOverlay cluster;

    private DesiredReader(Source source, ReadOptions options) {
        this.source = source;
        this.clusters = new Clusters(source);
        this.files = new ContentFiles(source);
        this.sops = new SopsFiles(files, options.decryption(), problems);
        this.cluster = cluster(options.cluster());
    }

    /// A repository of one cluster, of which what is encrypted stays unknown.
    public static Desired read(Source source) {
        return read(source, ReadOptions.NONE);
    }

    public static Desired read(Source source, ReadOptions options) {
        return new DesiredReader(source, options).read();
    }

    private Desired read() {
        var repository = repository();
        var stackFiles = new StackFiles(source, repository, clusters, problems);
        var stacks = new Stacks(source, repository, cluster, stackFiles, files, sops, problems);
        var apps = apps(repository);
        var documents = new ArrayList<>(apps.documents());
        documents.addAll(stacks.read(apps.documents()));
        var all = stacks.repository();
        AppRules.check(documents, repository);
        NameRules.check(documents, repository);
        DependencyRules.check(documents);
        PortRules.check(documents);
        RunRules.check(documents, all);
        HookRules.check(documents);
        OrderRules.check(apps.documents(), repository.repository());
        NetworkRules.check(apps.documents(), repository.repository());
        FileModeRules.check(apps.documents(), repository.repository());
        DirectoryRules.check(documents, all);
        StackRules.check(documents, all);
        ClaimRules.check(documents, all);
        MountRules.check(documents, all);
        new ContentReader(files, sops, repository).read();
        var used = new TreeSet<>(ContentReader.files(repository.repository()));
        used.addAll(sops.asked());
        AppFiles.tell(source, used, problems);
        stacks.tell();
        tellUnknown(apps, stacks);
        return desired(all, apps.namesInBrokenFiles(), documents, files.contents());
    }

    private Desired desired(
            Repository repository, Set<String> unread, List<AppDocument> documents, Map<String, byte[]> contents) {
        var sound = new ArrayList<Desired.DeclaredApp>();
        var broken = new TreeSet<>(unread);
        for (var document : documents) {
            if (document.app() != null
                    && document.files().stream().noneMatch(problems::hasErrorIn)
                    && !usesUnopened(document.app(), repository)) {
                sound.add(new Desired.DeclaredApp(
                        document.app(), document.file(), document.line(), List.copyOf(document.breaches())));
            } else if (document.name() != null) {
                broken.add(document.name());
            }
        }
        sound.removeIf(declared -> broken.contains(declared.app().name()));
        sound.sort(java.util.Comparator.comparing(declared -> declared.app().name()));
        return new Desired(
                repository,
                List.copyOf(sound),
                problems.sorted(),
                broken,
                contents,
                !problems.hasErrors(),
                Set.copyOf(cluster.leftOut()));
    }

    private ClusterOverlay cluster(@Nullable String chosen) {
        var file = clusters.chosen(chosen, problems);
        var bytes = file == null ? null : bytes(file);
        return file == null || chosen == null || bytes == null
                ? ClusterOverlay.none(problems)
                : ClusterOverlay.read(chosen, file, bytes, problems);
    }

    /// Where an app file is no YAML, nobody knows what it declares.
    private void tellUnknown(AppReader apps, Stacks stacks) {
        if (apps.namesInBrokenFiles().isEmpty()) {
            var files = new TreeSet<>(stacks.files());
            source.paths().stream().filter(AppFiles::isRead).forEach(files::add);
            cluster.check(apps.names(), stacks.names(), files);
        }
    }

    /// Whether a secret or config of the app is in a file that could not be opened.
    private boolean usesUnopened(App app, Repository repository) {
        return !sops.failed().isEmpty()
                && (app.secrets().stream()
                                .anyMatch(
                                        each -> isUnopened(repository.secrets().get(each.source())))
                        || app.configs().stream()
                                .anyMatch(
                                        each -> isUnopened(repository.configs().get(each.source()))));
    }

    private boolean isUnopened(Repository.@Nullable ContentSource content) {
        var file = content == null ? null : content.sops() == null ? content.file() : content.sops();
        var path = file == null ? null : ContentFiles.clean(file);
        return path != null && sops.failed().contains(path);
    }

    private RepositoryReader.Read repository() {
        var paths = source.paths();
        if (paths.contains("holdfast.yml")) {
            problems.error(Yaml.Place.of("holdfast.yml"), "", "is not read; rename it to holdfast.yaml");
        }
        var there = paths.contains(RepositoryReader.FILE);
        var bytes = there ? bytes(RepositoryReader.FILE) : null;
        return RepositoryReader.read(bytes, !there, cluster, sops, problems);
    }

    private AppReader apps(RepositoryReader.Read repository) {
        var reader = new AppReader(repository, cluster, problems);
        source.unreadableFolders().forEach((folder, why) -> {
            if (READ.stream().anyMatch(read -> folder.equals(read) || folder.startsWith(read + "/"))) {
                problems.error(Yaml.Place.of(folder), "", why);
            }
        });
        var files = source.paths().stream().filter(AppFiles::isRead).toList();
        if (files.isEmpty() && !StackFiles.areThere(source, repository)) {
            problems.error(
                    Yaml.Place.of(AppFiles.FOLDER),
                    "",
                    "there is no app file and no stack file; each app is a file apps/NAME.yaml, or a service of a"
                            + " Compose file stacks/NAME.yaml"
                            + AppFiles.elsewhere(source));
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
