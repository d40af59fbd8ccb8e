package dev.holdfast.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.engine.EngineVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The engine's API that brought a part of a spec, or one field of it. Older engines drop it without a word, and the
/// app would differ for ever: so it is left out for them, and that is said.
///
/// @param api such as `1.44`
/// @param field of the part; empty for all of it
/// @param word as it stands in the app file
record Since(String api, String field, String word) {

    /// What an engine of this version knows of a part; null where that is nothing.
    ///
    /// @param notSupported gets a sentence where something is left out
    @Nullable
    JsonNode known(JsonNode part, EngineVersion version, List<String> notSupported) {
        if (version.atLeast(api) || !field.isEmpty() && !part.has(field)) {
            return part;
        }
        notSupported.add(word + " needs a newer engine (API " + api + "; this one, " + version.engine() + ", speaks "
                + version.api() + ") and is left out");
        if (field.isEmpty()) {
            return null;
        }
        ObjectNode rest = part.deepCopy();
        rest.remove(field);
        return Specs.orNothing(rest);
    }
}
