package dev.holdfast.spec;

import static dev.holdfast.spec.Specs.object;
import static dev.holdfast.spec.Specs.put;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.app.App;
import dev.holdfast.data.MountsLabel.Role;
import dev.holdfast.data.Source;
import dev.holdfast.live.Labels;
import dev.holdfast.value.ByteSize;
import dev.holdfast.value.TidyPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The mounts of a container, by target: `persistent.directories[/data]` is `db-data`. Labels of volumes are not read:
/// they are set when a volume is created, and nothing changes them afterwards.
public final class MountsPart implements SpecPart {

    static final String DIRECTORIES = "persistent.directories[";
    static final String SCRATCH = "scratch[";
    static final String HOST_PATHS = "host_paths[";
    static final String TMPFS = "tmpfs[";

    /// Sorted by target, as Docker's own command values them.
    @Override
    public @Nullable JsonNode write(App app, SpecContext context) {
        if (app.stack() != null) {
            return Specs.orNothing(StackMountsWriter.write(app, app.stack()));
        }
        var mounts = new ArrayList<ObjectNode>();
        app.directories().forEach(directory -> {
            var node = mountOf(directory.volume(), directory.source(), directory.target(), directory.readOnly());
            mounts.add(made(node, directory.volume(), false, context));
        });
        app.scratch().forEach(scratch -> {
            var node = mountOf(scratch.volume(), scratch.source(), scratch.target(), scratch.readOnly());
            mounts.add(made(node, scratch.volume(), true, context));
        });
        app.hostPaths().forEach(path -> mounts.add(mount("bind", path.source(), path.target(), !path.writable())));
        app.tmpfs().forEach(tmpfs -> {
            var node = mount("tmpfs", "", tmpfs.target(), false);
            var options = object();
            put(options, "SizeBytes", tmpfs.sizeBytes());
            put(options, "Mode", tmpfs.mode());
            put(node, "TmpfsOptions", options);
            mounts.add(node);
        });
        mounts.sort(Comparator.comparing(mount -> mount.path("Target").asText()));
        return Specs.orNothing(Specs.array().addAll(mounts));
    }

    private static ObjectNode made(ObjectNode mount, @Nullable String volume, boolean scratch, SpecContext context) {
        if (volume != null) {
            mount.set("VolumeOptions", volumeOptions(volume, scratch, context));
        }
        return mount;
    }

    private static ObjectNode volumeOptions(String volume, boolean scratch, SpecContext context) {
        var options = object();
        var labels = new TreeMap<String, String>();
        var declared = context.volumes().get(volume);
        if (declared != null) {
            labels.putAll(declared.labels());
        }
        labels.put(Labels.CLUSTER, context.cluster());
        if (scratch) {
            labels.put(Labels.SCRATCH, "true");
        }
        put(options, "Labels", labels);
        if (declared != null
                && (declared.driver() != null || !declared.driverOpts().isEmpty())) {
            var driver = object();
            put(driver, "Name", declared.driver());
            put(driver, "Options", declared.driverOpts());
            put(options, "DriverConfig", driver);
        }
        return options;
    }

    private static ObjectNode mountOf(@Nullable String volume, String source, String target, boolean readOnly) {
        return mount(volume == null ? "bind" : "volume", source, target, readOnly);
    }

    private static ObjectNode mount(String type, String source, String target, boolean readOnly) {
        var node = object();
        node.put("Type", type);
        put(node, "Source", source);
        node.put("Target", target);
        put(node, "ReadOnly", readOnly);
        return node;
    }

    @Override
    public void read(String word, JsonNode node, Side side, FieldValues values) {
        for (var mount : node) {
            values.put(key(mount, side) + target(mount) + "]", value(mount));
        }
    }

    static boolean isMount(String path) {
        return path.startsWith(DIRECTORIES)
                || path.startsWith(SCRATCH)
                || path.startsWith(HOST_PATHS)
                || path.startsWith(TMPFS);
    }

    public static String type(JsonNode mount) {
        var type = Specs.text(mount.path("Type")).toLowerCase(Locale.ROOT);
        return type.isEmpty() ? "bind" : type;
    }

    public static String source(JsonNode mount) {
        var source = Specs.text(mount.path("Source"));
        return type(mount).equals("bind") ? TidyPath.of(source) : source;
    }

    public static String target(JsonNode mount) {
        return TidyPath.of(Specs.text(mount.path("Target")));
    }

    /// A read-only directory of the host that is no claim is one that the app only looks at.
    private static String key(JsonNode mount, Side side) {
        var volume = type(mount).equals("volume");
        var source = Source.of(volume, source(mount));
        if (side.mounts().is(source, Role.SCRATCH)) {
            return SCRATCH;
        }
        if (side.mounts().is(source, Role.HOST) && !volume) {
            return HOST_PATHS;
        }
        return switch (type(mount)) {
            case "tmpfs" -> TMPFS;
            case "bind" ->
                mount.path("ReadOnly").asBoolean() && !side.claims().contains("bind:" + source(mount))
                        ? HOST_PATHS
                        : DIRECTORIES;
            default -> DIRECTORIES;
        };
    }

    private static String value(JsonNode mount) {
        var extras = extras(mount).values().entrySet().stream()
                .map(extra -> extra.getKey() + "=" + extra.getValue())
                .collect(Collectors.joining(", "));
        var type = type(mount);
        var source = source(mount);
        var plain = type.equals("volume") && !source.isEmpty() && !source.startsWith("/")
                || type.equals("bind") && source.startsWith("/");
        var kind = plain ? source : source.isEmpty() ? type : type + " " + source;
        return kind + (mount.path("ReadOnly").asBoolean() ? ":ro" : "") + (extras.isEmpty() ? "" : " (" + extras + ")");
    }

    private static FieldValues extras(JsonNode mount) {
        var values = new FieldValues();
        mount.properties().stream()
                .filter(entry -> !Set.of("Type", "Source", "Target", "ReadOnly", "Consistency")
                        .contains(entry.getKey()))
                .forEach(entry -> values.putAny(entry.getKey(), withoutDefaults(entry.getValue())));
        return values;
    }

    /// Without what the engine does anyway, and without labels.
    private static JsonNode withoutDefaults(JsonNode options) {
        if (!(options instanceof ObjectNode)) {
            return options;
        }
        ObjectNode copy = options.deepCopy();
        copy.remove("Labels");
        if (Specs.text(copy.path("Propagation")).equals("rprivate")) {
            copy.remove("Propagation");
        }
        if (copy.get("DriverConfig") instanceof ObjectNode driver
                && Specs.text(driver.path("Name")).equals("local")) {
            driver.remove("Name");
        }
        if (copy.path("SizeBytes").asLong() != 0) {
            copy.put("SizeBytes", new ByteSize(copy.path("SizeBytes").asLong()).exact());
        }
        if (copy.path("Mode").asLong() != 0) {
            copy.put("Mode", Spelling.mode(copy.path("Mode").asLong()));
        }
        return copy;
    }
}
