package dev.holdfast.compose;

import dev.holdfast.yaml.GoScalars;
import dev.holdfast.yaml.Yaml;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The version of the format that a file is written in: it says which keys there are.
///
/// @param written as the client compares it between files
/// @param minor from 0 to 13
record FormatVersion(String written, int minor) {

    private static final int NEWEST = 13;
    private static final FormatVersion DEFAULT = new FormatVersion("3." + NEWEST, NEWEST);
    private static final Pattern KNOWN = Pattern.compile("3\\.([0-9]|1[0-3])");

    static FormatVersion of(Yaml.Mapping file, Spot spot) {
        var node = file.get("version");
        return node == null ? DEFAULT : of(node, spot.key("version", node));
    }

    private static FormatVersion of(Yaml node, Spot spot) {
        if (!(node instanceof Yaml.Scalar scalar) || scalar.kind() == Yaml.Kind.NULL) {
            spot.wrongKind(node, "must be text such as \"3.8\"; or remove the line");
            return DEFAULT;
        }
        if (scalar.kind() != Yaml.Kind.TEXT) {
            spot.wrong(node, "must be text; write \"%s\", in quotes, or remove the line".formatted(scalar.text()));
        }
        var version = known(GoScalars.printed(scalar));
        if (version != null) {
            return version;
        }
        if (scalar.kind() == Yaml.Kind.TEXT) {
            spot.wrongValue(
                    node,
                    "is a version of the format that docker stack deploy does not read: it knows 3.0 to 3.13; remove"
                            + " the line");
        }
        return DEFAULT;
    }

    private static @Nullable FormatVersion known(String text) {
        if (text.isEmpty() || text.equals("3")) {
            return DEFAULT;
        }
        var match = KNOWN.matcher(text);
        return match.matches() ? new FormatVersion(text, Integer.parseInt(match.group(1))) : null;
    }
}
