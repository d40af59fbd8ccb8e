package dev.holdfast.migrate;

import dev.holdfast.app.App;
import dev.holdfast.app.Directory;
import dev.holdfast.app.HostPath;
import dev.holdfast.app.Persistent;
import dev.holdfast.app.Scratch;
import dev.holdfast.yaml.Placeholder;
import dev.holdfast.yaml.RecordForm;
import dev.holdfast.yaml.Yaml;
import dev.holdfast.yaml.YamlTree;
import dev.holdfast.yaml.YamlWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An app file that is being made, key by key. Nothing in it is checked: that is what reading the finished file does.
final class Draft {

    private final String name;
    private final Map<String, Yaml> keys = new LinkedHashMap<>();
    private final Map<String, List<String>> comments = new LinkedHashMap<>();
    private final List<Directory> directories = new ArrayList<>();
    private final List<HostPath> hostPaths = new ArrayList<>();
    private final List<Scratch> scratch = new ArrayList<>();
    private final Set<String> sharedVolumes = new HashSet<>();
    private List<String> leave = List.of();
    private @Nullable String node;
    private @Nullable String leaveDataOn;
    private boolean eachNode;

    Draft(String name) {
        this.name = name;
        put("name", name);
    }

    String name() {
        return name;
    }

    /// Nothing is written for what is not there, or is empty.
    Draft put(String key, @Nullable String text) {
        return text == null || text.isEmpty() ? this : put(key, YamlTree.text(text));
    }

    Draft put(String key, Collection<String> texts) {
        return texts.isEmpty() ? this : put(key, YamlTree.texts(texts));
    }

    Draft put(String key, Map<String, String> pairs) {
        var written = new LinkedHashMap<String, Yaml>();
        pairs.forEach((name, value) -> written.put(name, YamlTree.text(value)));
        return written.isEmpty() ? this : put(key, YamlTree.mapping(written));
    }

    /// The value of a whole key of an app, as that key is written.
    Draft putValue(String key, Object value) {
        return put(key, RecordForm.of(App.class).write(key, value));
    }

    /// The same of a list; nothing for an empty one.
    Draft putAll(String key, List<?> values) {
        return values.isEmpty() ? this : putValue(key, values);
    }

    /// @param key one key, or several with dots between them for one in a section
    Draft put(String key, Yaml value) {
        var dot = key.indexOf('.');
        if (dot < 0) {
            keys.put(key, value);
            return this;
        }
        var section = key.substring(0, dot);
        var below = new Draft(section);
        below.keys.clear();
        if (keys.get(section) instanceof Yaml.Mapping there) {
            there.entries().forEach(entry -> below.keys.put(entry.key(), entry.value()));
        }
        below.put(key.substring(dot + 1), value);
        keys.put(section, YamlTree.mapping(below.keys));
        return this;
    }

    /// Lines to stand before the key at this path, or at the top of the file for "".
    Draft comment(String path, String... lines) {
        comments.computeIfAbsent(path, none -> new ArrayList<>()).addAll(List.of(lines));
        return this;
    }

    /// One more persistent directory.
    void add(Directory directory) {
        directories.add(directory);
    }

    List<Directory> directories() {
        return List.copyOf(directories);
    }

    /// One more path of the host.
    void add(HostPath path) {
        hostPaths.add(path);
    }

    /// A directory of the host that the app only reads is looked at, as it is in a stack file, unless it is the
    /// data of another app.
    void onlyLookAt(Directory directory) {
        directories.remove(directory);
        hostPaths.add(new HostPath(directory.source(), directory.target()));
    }

    /// One more mount that is no data.
    void add(Scratch mount) {
        scratch.add(mount);
    }

    List<Scratch> scratch() {
        return List.copyOf(scratch);
    }

    /// What is left behind, and where.
    void leave(List<String> sources, @Nullable String dataOn) {
        leave = List.copyOf(sources);
        leaveDataOn = dataOn;
    }

    List<String> leave() {
        return leave;
    }

    @Nullable
    String leaveDataOn() {
        return leaveDataOn;
    }

    /// Each node that it runs on has its own data.
    void eachNode() {
        eachNode = true;
    }

    boolean hasDataOnEachNode() {
        return eachNode;
    }

    /// Volumes of which every node sees the same data, whoever mounts them.
    void sharedVolumes(Collection<String> names) {
        sharedVolumes.addAll(names);
    }

    /// The directories that are its own to decide about: it writes them, and not every node sees the same there.
    List<Directory> written() {
        return directories.stream()
                .filter(directory -> directory.locks(sharedVolumes::contains))
                .toList();
    }

    /// Whether it says where data is, or what becomes of it, and has none.
    boolean speaksOfNoData() {
        return (node != null || eachNode) && !isPersistent();
    }

    private boolean isPersistent() {
        return !directories.isEmpty() || !leave.isEmpty() || leaveDataOn != null;
    }

    /// The node that it is locked to.
    void node(String hostname) {
        node = hostname;
    }

    @Nullable
    String node() {
        return node;
    }

    boolean isGlobal() {
        return text("deploy.mode").startsWith("global");
    }

    /// How many instances it asks for; 1 where it says nothing.
    long replicas() {
        var text = text("deploy.replicas");
        return text.matches("[0-9]{1,9}") ? Long.parseLong(text) : 1;
    }

    /// What stands at a path; empty where nothing does.
    String text(String path) {
        return at(path) instanceof Yaml.Scalar scalar ? scalar.text() : "";
    }

    @Nullable
    Yaml at(String path) {
        @Nullable Yaml found = YamlTree.mapping(keys);
        for (var key : path.split("\\.")) {
            found = found instanceof Yaml.Mapping mapping ? mapping.get(key) : null;
        }
        return found;
    }

    /// Keys of an app, as a file has them.
    static String lines(Map<String, Yaml> keys) {
        return YamlWriter.write(Placeholder.written(ordered(keys)), Map.of());
    }

    /// The file, with its keys in the order in which the README and the schema have them.
    String text() {
        putAll("host_paths", hostPaths);
        putAll("scratch", scratch);
        if (isPersistent()) {
            putValue("persistent", new Persistent(node, directories, leave, leaveDataOn, eachNode));
        }
        return YamlWriter.write(Placeholder.written(ordered(keys)), comments);
    }

    private static Yaml.Mapping ordered(Map<String, Yaml> keys) {
        var ordered = new LinkedHashMap<String, Yaml>();
        RecordForm.of(App.class).names().stream()
                .filter(keys::containsKey)
                .forEach(key -> ordered.put(key, keys.get(key)));
        return YamlTree.mapping(ordered);
    }
}
