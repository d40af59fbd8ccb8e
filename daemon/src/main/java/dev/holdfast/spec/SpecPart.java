package dev.holdfast.spec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.app.App;
import dev.holdfast.data.MountsLabel;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A part of a service's spec in both directions: from an app to JSON, and from JSON to values that are compared. Each
/// row of [ComposeKeys] has one.
interface SpecPart {

    /// The part as the engine keeps it; null where the spec says nothing of it.
    @Nullable
    JsonNode write(App app, SpecContext context);

    /// Takes the values out of a part. Two parts that give the same values have the same effect.
    ///
    /// @param word the key in the app file under which the values stand
    /// @param node missing where a spec says nothing of it
    void read(String word, JsonNode node, Side side, FieldValues values);

    /// What reading must know besides the part itself.
    ///
    /// @param service the service's name, under which it is found in each network whatever its aliases
    /// @param locked whether the service owns data, so that a constraint on `node.id` is its lock
    /// @param claims as in the label: which mounts are persistent directories
    /// @param mounts as in the label: which mounts are no claims
    record Side(String service, boolean locked, Set<String> claims, MountsLabel mounts, Names names) {}
}
