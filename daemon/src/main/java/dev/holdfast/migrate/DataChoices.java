package dev.holdfast.migrate;

import dev.holdfast.app.App;
import dev.holdfast.app.Directory;
import dev.holdfast.app.Persistent;
import dev.holdfast.app.Scratch;
import dev.holdfast.value.Durations;
import dev.holdfast.yaml.RecordForm;
import dev.holdfast.yaml.Yaml;
import dev.holdfast.yaml.YamlTree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// The ways out of one of [DataDecisions]: what the data model has, each with the lines that make the file right.
final class DataChoices {

    private static final Duration LONGEST_STOP = Duration.ofSeconds(50);

    /// @param text for people: what it means, and what to write elsewhere
    /// @param lines of the file, in place of the same keys in it; empty where these stay
    record Choice(String text, String lines) {}

    private final Draft draft;
    private final Map<Directory, DataDecisions.Shared> shared;
    private final DataDecisions.Around around;
    private final boolean several;
    private final boolean beside;
    private final List<Choice> choices = new ArrayList<>();

    DataChoices(Draft draft, Map<Directory, DataDecisions.Shared> shared, DataDecisions.Around around) {
        this.draft = draft;
        this.shared = shared;
        this.around = around;
        this.several = DataDecisions.isSeveral(draft);
        this.beside = draft.directories().stream().anyMatch(DataDecisions::isBeside);
    }

    List<Choice> all() {
        if (!several && shared.isEmpty()) {
            besideTheFile();
            return choices;
        }
        if (!draft.isGlobal()) {
            one();
        }
        put("it only reads the data", persistent(each -> isInDoubt(each) ? reading(each) : each));
        if (shared.isEmpty()) {
            eachNode();
            scratch();
        }
        everywhere();
        own();
        return choices;
    }

    private void put(String text, Map<String, Yaml> keys) {
        var sentence = Character.toUpperCase(text.charAt(0)) + text.substring(1);
        choices.add(new Choice(
                sentence + (keys.isEmpty() ? "." : "; in place of what is below:"),
                keys.isEmpty() ? "" : Draft.lines(keys)));
    }

    private void besideTheFile() {
        put("data, in a volume", persistent(UnaryOperator.identity()));
        put(
                "data, in a directory of the node",
                keys(
                        draft.directories().stream()
                                .map(each -> DataDecisions.isBeside(each) ? onNode(each) : each)
                                .toList(),
                        false));
        var files = draft.directories().stream()
                .filter(DataDecisions::isBeside)
                .map(directory -> around.files().apply(draft.name(), directory))
                .toList();
        if (files.stream().noneMatch(List::isEmpty)) {
            asConfigs(files.stream().flatMap(List::stream).toList());
        }
    }

    private static Directory onNode(Directory directory) {
        var below = directory.source().replaceFirst("^[./~]+", "");
        return new Directory(
                null, "/srv/" + (below.isEmpty() ? "data" : below), directory.target(), directory.readOnly());
    }

    private void asConfigs(List<FolderFile> files) {
        var keys = new LinkedHashMap<String, Yaml>();
        var configs = new ArrayList<Yaml>();
        if (draft.at("configs") instanceof Yaml.Sequence given) {
            configs.addAll(given.items());
        }
        if (write("configs", files.stream().map(FolderFile::use).toList()) instanceof Yaml.Sequence more) {
            configs.addAll(more.items());
        }
        keys.put("configs", YamlTree.list(configs));
        var rest = draft.directories().stream()
                .filter(directory -> !DataDecisions.isBeside(directory))
                .toList();
        if (!rest.isEmpty()) {
            keys.putAll(keys(rest, false));
        }
        put(
                "files of the repository, which it only reads; in holdfast.yaml configs: { %s }"
                        .formatted(files.stream()
                                .map(file ->
                                        "%s: { file: %s }".formatted(file.use().source(), file.path()))
                                .collect(Collectors.joining(", "))),
                keys);
    }

    /// One instance owns it, or writes what the other app owns.
    private void one() {
        var one = "write replicas: 1 under deploy";
        if (shared.isEmpty()) {
            put("one instance: " + one, beside ? persistent(UnaryOperator.identity()) : Map.of());
        } else if (shared.values().stream()
                .allMatch(other -> other.same() && !other.owner().isGlobal())) {
            put(
                    "data of %s: this app writes it, too, on that app's node%s"
                            .formatted(owners(), several ? ", with one instance: " + one : ""),
                    persistent(this::withOwner));
        }
    }

    private String owners() {
        return shared.values().stream()
                .map(other -> other.owner().name())
                .distinct()
                .collect(Collectors.joining(" and "));
    }

    private Directory withOwner(Directory directory) {
        var other = shared.get(directory);
        return other == null
                ? directory
                : new Directory(
                        directory.volume(),
                        directory.host(),
                        directory.target(),
                        false,
                        other.owner().name(),
                        false);
    }

    private boolean isInDoubt(Directory directory) {
        return several ? draft.written().contains(directory) : shared.containsKey(directory);
    }

    private static Directory reading(Directory directory) {
        return new Directory(directory.volume(), directory.host(), directory.target(), true);
    }

    /// A node with data of its own has a minute for its old task.
    private void eachNode() {
        if (!draft.isGlobal()) {
            return;
        }
        var keys = keys(draft.directories().stream().map(this::inVolume).toList(), true);
        var grace = Durations.parse(draft.text("stop_grace_period"));
        if (grace.filter(time -> time.compareTo(LONGEST_STOP) > 0).isPresent()) {
            keys.put("stop_grace_period", YamlTree.text("50s"));
        }
        put("each node has its own", keys);
    }

    private void scratch() {
        var scratch = new ArrayList<>(draft.scratch());
        var leave = new ArrayList<>(draft.leave());
        for (var directory : draft.written()) {
            var kept = inVolume(directory);
            scratch.add(new Scratch(kept.volume(), kept.host(), kept.target(), false));
            if (around.there() && directory.volume() != null && !leave.contains(directory.volume())) {
                leave.add(directory.volume());
            }
        }
        var rest = draft.directories().stream()
                .filter(directory -> !draft.written().contains(directory))
                .map(this::inVolume)
                .toList();
        var keys = new LinkedHashMap<String, Yaml>();
        keys.put("scratch", write("scratch", scratch));
        if (!rest.isEmpty() || !leave.isEmpty()) {
            keys.put("persistent", write("persistent", new Persistent(null, rest, leave, draft.leaveDataOn())));
        }
        put("no data (a cache): each node has its own, and it may be lost at any time", keys);
    }

    /// A volume is said to be shared in `holdfast.yaml`, a host directory where it stands.
    private void everywhere() {
        var text = new StringBuilder("every node sees the same storage");
        var volumes = draft.directories().stream()
                .filter(this::isInDoubt)
                .map(this::inVolume)
                .filter(directory -> directory.volume() != null)
                .map(directory -> entry(directory.source()))
                .distinct()
                .toList();
        if (!volumes.isEmpty()) {
            text.append("; in holdfast.yaml volumes: { %s }".formatted(String.join(", ", volumes)));
        }
        shared.forEach((directory, other) -> {
            if (inVolume(directory).host() != null) {
                text.append("; shared: true for %s in the file of %s, too"
                        .formatted(directory.host(), other.owner().name()));
            }
        });
        var lines = beside || draft.directories().stream().anyMatch(each -> isInDoubt(each) && each.host() != null);
        put(text.toString(), lines ? persistent(this::everywhere) : Map.of());
    }

    /// A local volume is on one node: its entry needs storage to mount, which only a person knows.
    private String entry(String volume) {
        return around.isOnStorage(volume)
                ? volume + ": { shared: true }"
                : "%s: { shared: true, driver_opts: { type: nfs, o: \"addr=nas,rw\", device: \":/%s\" } }"
                        .formatted(volume, volume);
    }

    private Directory everywhere(Directory directory) {
        return directory.host() != null && !DataDecisions.isBeside(directory) && isInDoubt(directory)
                ? new Directory(null, directory.host(), directory.target(), directory.readOnly(), null, true)
                : directory;
    }

    /// A volume of its own, where nothing is there yet.
    private void own() {
        var volumes = shared.keySet().stream().allMatch(directory -> directory.volume() != null);
        if (!around.there() && !several && !shared.isEmpty() && volumes) {
            put("it has its own", persistent(this::own));
        }
    }

    private Directory own(Directory directory) {
        return shared.containsKey(directory)
                ? new Directory(draft.name() + "-" + directory.volume(), null, directory.target(), false)
                : directory;
    }

    /// Where it would be, once what lies beside the Compose file is a volume.
    private Directory inVolume(Directory directory) {
        return DataDecisions.isBeside(directory)
                ? new Directory(
                        around.volume().apply(directory.source()),
                        null,
                        directory.target(),
                        directory.readOnly(),
                        directory.with(),
                        false)
                : directory;
    }

    private Map<String, Yaml> persistent(UnaryOperator<Directory> each) {
        return keys(draft.directories().stream().map(each).map(this::inVolume).toList(), false);
    }

    private Map<String, Yaml> keys(List<Directory> directories, boolean eachNode) {
        var with = directories.stream().anyMatch(directory -> directory.with() != null);
        var node = with || eachNode || several ? null : draft.node();
        var keys = new LinkedHashMap<String, Yaml>();
        keys.put(
                "persistent",
                write("persistent", new Persistent(node, directories, draft.leave(), draft.leaveDataOn(), eachNode)));
        return keys;
    }

    private static Yaml write(String key, Object value) {
        return RecordForm.of(App.class).write(key, value);
    }
}
