package dev.holdfast.migrate;

import dev.holdfast.app.ComposeValues;
import dev.holdfast.app.Repository;
import dev.holdfast.compose.ComposeContent;
import dev.holdfast.compose.ComposeNetwork;
import dev.holdfast.compose.ComposeVolume;
import dev.holdfast.compose.StackFile;
import dev.holdfast.yaml.Patterns;
import dev.holdfast.yaml.Source;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the services of a stack use around them, as entries of `holdfast.yaml`, and the files that go with these.
final class ComposeObjects {

    private final Source source;
    private final StackFile stack;
    private final ComposeImport.Options options;
    private final List<Imported.Note> notes;
    private final Map<String, Repository.Network> networks = new TreeMap<>();
    private final Map<String, Repository.Volume> volumes = new TreeMap<>();
    private final Map<String, Repository.ContentSource> secrets = new TreeMap<>();
    private final Map<String, Repository.ContentSource> configs = new TreeMap<>();
    private final Map<String, byte[]> files = new HashMap<>();

    ComposeObjects(Source source, StackFile stack, ComposeImport.Options options, List<Imported.Note> notes) {
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
        if (!declared.external() && isMoreThanAName(declared, opts)) {
            volumes.put(declared.name(), new Repository.Volume(declared.driver(), opts, declared.labels(), false));
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
        (isSecret ? secrets : configs).put(own, contentSource(declared, own, isSecret));
        return own;
    }

    private Repository.ContentSource contentSource(ComposeContent declared, String own, boolean secret) {
        var file = declared.file();
        if (declared.external() || !options.fresh() || file == null) {
            if (declared.driver() != null) {
                notes.add(new Imported.Note(own, "its secret driver is left out: Holdfast has none"));
            }
            return new Repository.ContentSource(
                    null, true, own.equals(declared.name()) ? null : declared.name(), null, false, null);
        }
        var path = path(file);
        if (secret) {
            notes.add(new Imported.Note(
                    own, "a secret is not copied: put %s at %s, or make it external".formatted(file, path)));
        } else {
            source.read(file).ifPresent(bytes -> files.put(path, bytes));
        }
        return new Repository.ContentSource(path, false, null, declared.templateDriver(), false, null);
    }

    /// A config for a file of the stack's folder that a service mounts; nothing where it is no file.
    boolean configOfFile(String own, String path) {
        var clean = path.replaceFirst("^(\\./)+", "");
        var bytes = source.read(folder() + clean);
        if (bytes.isEmpty()) {
            return false;
        }
        files.put(path(clean), bytes.get());
        configs.put(own, new Repository.ContentSource(path(clean), false, null, null, false, null));
        return true;
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
