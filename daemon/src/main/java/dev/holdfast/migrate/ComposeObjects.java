package dev.holdfast.migrate;

import dev.holdfast.app.ComposeValues;
import dev.holdfast.app.Directory;
import dev.holdfast.app.FileReference;
import dev.holdfast.app.Repository;
import dev.holdfast.compose.ComposeContent;
import dev.holdfast.compose.ComposeNetwork;
import dev.holdfast.compose.ComposeVolume;
import dev.holdfast.compose.StackFile;
import dev.holdfast.value.TidyPath;
import dev.holdfast.yaml.Patterns;
import dev.holdfast.yaml.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the services of a stack use around them, as entries of `holdfast.yaml`, and the files that go with these.
final class ComposeObjects {

    private static final int MOST_FILES = 10;
    private static final int LARGEST_CONFIG = 500 << 10;

    private final Source source;
    private final StackFile stack;
    private final ComposeImport.Options options;
    private final Set<String> sharedVolumes;
    private final List<Imported.Note> notes;
    private final Map<String, Repository.Network> networks = new TreeMap<>();
    private final Map<String, Repository.Volume> volumes = new TreeMap<>();
    private final Map<String, Repository.ContentSource> secrets = new TreeMap<>();
    private final Map<String, Repository.ContentSource> configs = new TreeMap<>();
    private final Map<String, byte[]> files = new HashMap<>();

    /// @param sharedVolumes those of which every node sees the same data, for what the services say
    ComposeObjects(
            Source source,
            StackFile stack,
            ComposeImport.Options options,
            Set<String> sharedVolumes,
            List<Imported.Note> notes) {
        this.sharedVolumes = sharedVolumes;
        this.source = source;
        this.stack = stack;
        this.options = options;
        this.notes = notes;
    }

    Repository additions(Map<String, String> vars) {
        return Additions.of(networks, volumes, secrets, configs, vars);
    }

    Map<String, byte[]> files() {
        return files;
    }

    /// The key of a network of the stack: its name in the Swarm.
    String network(String key) {
        var declared = stack.networks().get(key);
        if (declared == null) {
            return key;
        }
        var external = declared.external() || !options.fresh();
        networks.put(declared.name(), external ? Additions.network(true) : made(declared));
        return declared.name();
    }

    private static Repository.Network made(ComposeNetwork network) {
        return new Repository.Network(
                null,
                false,
                network.driver().equals("overlay") ? null : network.driver(),
                network.driverOpts(),
                network.internal(),
                network.attachable(),
                false,
                network.labels(),
                ComposeValues.ipam(network),
                null);
    }

    /// The name of a volume of the stack; one with a driver or labels needs an entry.
    String volume(String key) {
        var declared = stack.volumes().get(key);
        if (declared == null) {
            return key;
        }
        var opts = declared.driverOpts() == null ? Map.<String, String>of() : declared.driverOpts();
        var isShared = sharedVolumes.contains(declared.name());
        if (!declared.external() && isMoreThanAName(declared, opts)) {
            volumes.put(declared.name(), new Repository.Volume(declared.driver(), opts, declared.labels(), isShared));
        } else if (isShared) {
            volumes.put(declared.name(), new Repository.Volume(null, Map.of(), Map.of(), true));
        }
        return declared.name();
    }

    private static boolean isMoreThanAName(ComposeVolume volume, Map<String, String> options) {
        return volume.driver() != null || !options.isEmpty() || !volume.labels().isEmpty();
    }

    /// The key of a secret or config that the stack declares.
    ///
    /// @param kind `secrets` or `configs`
    String content(String kind, String key) {
        var isSecret = kind.equals("secrets");
        var declared = (isSecret ? stack.secrets() : stack.configs()).get(key);
        if (declared == null) {
            return key;
        }
        var name = declared.name();
        var own = name.matches(Patterns.CONTENT_NAME) ? name : LiveObjects.shortened(name);
        (isSecret ? secrets : configs).put(own, contentSource(key, declared, own, isSecret));
        return own;
    }

    private Repository.ContentSource contentSource(String key, ComposeContent declared, String own, boolean secret) {
        var file = declared.file();
        var place = (secret ? "secrets." : "configs.") + key;
        if (declared.external() || !options.fresh() || file == null) {
            if (declared.driver() != null) {
                note(
                        own,
                        place + ".driver",
                        "its secret driver%s is left out: Holdfast has none"
                                .formatted(declared.driverOpts().isEmpty() ? "" : " with its driver_opts"));
            }
            if (declared.sopsKey() != null) {
                note(own, place + ".x-holdfast", "its key of x-holdfast is left out: what is in the Swarm stays");
            }
            return Repository.ContentSource.ofOthers(own.equals(declared.name()) ? null : declared.name());
        }
        if (!declared.labels().isEmpty()) {
            note(own, place + ".labels", "its labels are left out: Holdfast sets none");
        }
        return ofFile(file, place, declared, own, secret);
    }

    /// A secret is only copied as SOPS has encrypted it.
    private Repository.ContentSource ofFile(
            String file, String place, ComposeContent declared, String own, boolean secret) {
        var path = path(file);
        var bytes = source.read(file).orElse(null);
        var content = bytes == null
                ? Repository.ContentSource.ofFile(path, declared.templateDriver())
                : Repository.ContentSource.ofFile(path, bytes, declared.sopsKey(), declared.templateDriver());
        var encrypted = content.sops() != null;
        if (declared.sopsKey() != null && !encrypted) {
            note(
                    own,
                    place + ".x-holdfast",
                    "its key of x-holdfast is left out: %s is not encrypted with SOPS".formatted(file));
        }
        if (secret && !encrypted) {
            note(
                    own,
                    place + ".file",
                    "a secret is not copied: put %s at %s, or make it external".formatted(file, path));
        } else if (bytes != null) {
            files.put(path, bytes);
        }
        return content;
    }

    private void note(String about, String place, String message) {
        notes.add(new Imported.Note(about, place, message));
    }

    /// A config for a file of the stack's folder that a service mounts; null where it is no file.
    @Nullable
    String configOfFile(String app, String path) {
        var clean = TidyPath.below(path);
        var bytes = source.read(folder() + clean);
        if (bytes.isEmpty()) {
            return null;
        }
        var own = configName(app, clean.substring(clean.lastIndexOf('/') + 1));
        files.put(path(clean), bytes.get());
        configs.put(own, Repository.ContentSource.ofFile(path(clean), null));
        return own;
    }

    private static String configName(String app, String file) {
        return LiveObjects.shortened((app + "-" + file).replaceAll("[^a-zA-Z0-9._-]+", "-"));
    }

    /// The volume in the place of a folder of the stack's folder.
    String volumeBeside(String folder) {
        var name = TidyPath.below(folder).replaceAll("[^a-zA-Z0-9_.-]+", "-").replaceFirst("^[^a-zA-Z0-9]+", "");
        return options.stack() + "_" + (name.isEmpty() ? "data" : name);
    }

    /// The files of a folder of the stack's folder as configs; none where they are many, or large.
    List<FolderFile> filesBeside(String app, Directory directory) {
        var folder = folder() + TidyPath.below(directory.source());
        var inIt = source.paths().stream()
                .filter(path -> path.startsWith(folder + "/"))
                .toList();
        if (inIt.size() > MOST_FILES) {
            return List.of();
        }
        var uses = new ArrayList<FolderFile>();
        for (var file : inIt) {
            var below = file.substring(folder.length() + 1);
            var bytes = source.read(file);
            if (bytes.isEmpty() || bytes.get().length > LARGEST_CONFIG) {
                return List.of();
            }
            var path = path(file);
            files.put(path, bytes.get());
            uses.add(new FolderFile(
                    path,
                    new FileReference(
                            configName(app, below.replace('/', '-')),
                            TidyPath.of(directory.target() + "/" + below),
                            null,
                            null,
                            null)));
        }
        return uses;
    }

    /// Where the Compose files lie.
    private String folder() {
        var first = stack.files().getFirst();
        return first.substring(0, first.lastIndexOf('/') + 1);
    }

    private String path(String file) {
        var below = file.startsWith(folder()) ? file.substring(folder().length()) : file;
        return "files/" + options.stack() + "/" + below.replaceFirst("^(\\.\\.?/)+", "");
    }
}
