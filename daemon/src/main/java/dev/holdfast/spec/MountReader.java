package dev.holdfast.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.spec.FieldRule.Side;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// The mounts of a container, by target: `persistent.directories[/data]` is `db-data`. Labels of volumes are not read:
/// they are set when a volume is created, and nothing changes them afterwards.
public final class MountReader {

    static final String DIRECTORIES = "persistent.directories[";
    static final String HOST_PATHS = "host_paths[";
    static final String TMPFS = "tmpfs[";

    private MountReader() {}

    static void read(JsonNode node, Side side, FieldValues leaves) {
        for (var mount : node) {
            leaves.put(word(mount, side) + target(mount) + "]", value(mount));
        }
    }

    static boolean isMount(String path) {
        return path.startsWith(DIRECTORIES) || path.startsWith(HOST_PATHS) || path.startsWith(TMPFS);
    }

    public static String type(JsonNode mount) {
        var type = Specs.text(mount.path("Type")).toLowerCase(Locale.ROOT);
        return type.isEmpty() ? "bind" : type;
    }

    public static String source(JsonNode mount) {
        var source = Specs.text(mount.path("Source"));
        return type(mount).equals("bind") ? Spelling.path(source) : source;
    }

    public static String target(JsonNode mount) {
        return Spelling.path(Specs.text(mount.path("Target")));
    }

    /// A read-only directory of the host that is no claim is one that the app only looks at.
    private static String word(JsonNode mount, Side side) {
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
        var leaves = new FieldValues();
        mount.properties().stream()
                .filter(entry -> !Set.of("Type", "Source", "Target", "ReadOnly", "Consistency")
                        .contains(entry.getKey()))
                .forEach(entry -> leaves.putAny(entry.getKey(), withoutDefaults(entry.getValue())));
        return leaves;
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
            copy.put("SizeBytes", Spelling.bytes(copy.path("SizeBytes").asLong()));
        }
        if (copy.path("Mode").asLong() != 0) {
            copy.put("Mode", Spelling.mode(copy.path("Mode").asLong()));
        }
        return copy;
    }
}
