package dev.holdfast.compose;

import dev.holdfast.yaml.At;
import dev.holdfast.yaml.Problem;
import dev.holdfast.yaml.Yaml;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where in a Compose file the reader is.
///
/// @param version the minor version of the format that the file is written in, from 0 to 13
/// @param variables of the stack
record Spot(At at, int version, Map<String, String> variables) {

    Spot key(String key, Yaml value) {
        return new Spot(at.key(key, value), version, variables);
    }

    Spot item(int index, Yaml value) {
        return new Spot(at.item(index, value), version, variables);
    }

    /// Reports an error and returns null, to be returned in turn.
    <T> @Nullable T wrong(Yaml node, String message) {
        return at.wrong(node, message);
    }

    /// One item of a list that must have each but once.
    void isThereTwice(Yaml item) {
        wrong(item, "is there twice, which docker stack deploy refuses; remove it");
    }

    /// The same, with what stands there.
    <T> @Nullable T wrongValue(Yaml node, String message) {
        return at.wrongValue(node, message);
    }

    /// The same, with what kind of value stands there.
    <T> @Nullable T wrongKind(Yaml node, String message) {
        return at.wrongKind(node, message);
    }

    void error(Yaml.Place place, String key, String message) {
        at.reading().error(place, path(key), message);
    }

    void warn(Problem.Code code, Yaml.Place place, String message) {
        at.reading().warning(code, place, at.path(), message);
    }

    void warn(Problem.Code code, Yaml node, String message) {
        warn(code, node.place(), message);
    }

    private String path(String key) {
        return at.path().isEmpty() || key.isEmpty() ? at.path() + key : at.path() + "." + key;
    }
}
