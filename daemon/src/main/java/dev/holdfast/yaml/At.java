package dev.holdfast.yaml;

import org.jspecify.annotations.Nullable;

/// Where in a document the reader is. Remembers the place of every value by its path, for the problems that are only
/// found later on the records.
public record At(Reading reading, String path) {

    public At key(String key, Yaml value) {
        return child(path.isEmpty() ? key : path + "." + key, value);
    }

    public At item(int index, Yaml value) {
        return child(path + "[" + index + "]", value);
    }

    private At child(String childPath, Yaml value) {
        reading.remember(childPath, value.place());
        return new At(reading, childPath);
    }

    /// Reports a problem and returns null, to be returned in turn.
    public <T> @Nullable T wrong(Yaml node, String message) {
        reading.error(node.place(), path, message);
        return null;
    }

    /// The same, with what stands there.
    public <T> @Nullable T wrongValue(Yaml node, String message) {
        return wrong(node, message + got(node));
    }

    /// The same where another kind of value is wanted: what stands there may be anything, so only its kind is told.
    public <T> @Nullable T wrongKind(Yaml node, String message) {
        return wrong(node, message + " (got %s)".formatted(Yaml.nameOf(node)));
    }

    private String got(Yaml node) {
        return switch (node) {
            case Yaml.Scalar scalar when scalar.kind() == Yaml.Kind.NULL && !scalar.substituted() -> " (got nothing)";
            case Yaml.Scalar scalar -> reading.got(path, scalar.text());
            default -> " (got %s)".formatted(Yaml.nameOf(node));
        };
    }
}
