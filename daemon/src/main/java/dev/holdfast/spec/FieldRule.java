package dev.holdfast.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How one part of a spec is read, and whether a change of it makes tasks start anew.
///
/// @param path keys from the top of the spec, with dots between
record FieldRule(String path, Reader reader, Restart restart) {

    /// Takes the values out of a part of a spec. Two parts that give the same values have the same effect.
    interface Reader {
        void read(JsonNode node, Side side, FieldValues leaves);
    }

    /// Whether a change of one value makes tasks start anew.
    interface Restart {
        Restart ALWAYS = (path, before, after, names) -> true;
        Restart NEVER = (path, before, after, names) -> false;

        boolean restarts(String path, @Nullable String before, @Nullable String after, Names names);
    }

    /// What a reader must know besides the part itself.
    ///
    /// @param service the service's name, under which it is found in each network whatever its aliases
    /// @param locked whether the service owns data, so that a constraint on `node.id` is its lock
    /// @param claims as in the label: which mounts are persistent directories
    record Side(String service, boolean locked, Set<String> claims, Names names) {}

    /// Takes the values out of a part of a spec, once for each side.
    java.util.SortedMap<String, String> read(JsonNode node, Side side) {
        var leaves = new FieldValues();
        reader.read(node, side, leaves);
        return leaves.values();
    }
}
