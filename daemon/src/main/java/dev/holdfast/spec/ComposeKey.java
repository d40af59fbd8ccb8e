package dev.holdfast.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.app.App;
import dev.holdfast.spec.SpecPart.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// One row of [ComposeKeys]: a part of the engine's spec and what stands for it in an app file.
///
/// @param path keys from the top of the spec, with dots between
/// @param words the keys of the app file that the part stands for; the first is handed to the reader
/// @param part how it is written and read
/// @param restart whether a change of it makes tasks start anew
/// @param since what not every engine knows of it
record ComposeKey(String path, List<String> words, SpecPart part, Restart restart, List<Since> since) {

    ComposeKey(String path, List<String> words, SpecPart part) {
        this(path, words, part, Restart.ALWAYS, List.of());
    }

    /// Whether a change of one value makes tasks start anew.
    interface Restart {
        Restart ALWAYS = (path, before, after, names) -> true;
        Restart NEVER = (path, before, after, names) -> false;

        boolean restarts(String path, @Nullable String before, @Nullable String after, Names names);
    }

    ComposeKey restarts(Restart when) {
        return new ComposeKey(path, words, part, when, since);
    }

    /// The whole part came with this API of the engine.
    ComposeKey since(String api) {
        return since(new Since(api, "", words.getFirst()));
    }

    /// One field of the part came with this API of the engine.
    ComposeKey since(String api, String field, String word) {
        return since(new Since(api, field, word));
    }

    private ComposeKey since(Since one) {
        var all = new ArrayList<>(since);
        all.add(one);
        return new ComposeKey(path, words, part, restart, List.copyOf(all));
    }

    /// Puts the part of this app into a spec.
    ///
    /// @param notSupported gets a sentence for all that the engine is too old for
    void write(App app, SpecContext context, ObjectNode spec, List<String> notSupported) {
        var written = part.write(app, context);
        for (var one : since) {
            written = written == null ? null : one.known(written, context.version(), notSupported);
        }
        if (written != null) {
            var parent = spec;
            var keys = path.split("\\.");
            for (int i = 0; i < keys.length - 1; i++) {
                parent = Specs.child(parent, keys[i]);
            }
            parent.set(keys[keys.length - 1], written);
        }
    }

    /// Takes the values out of a part of a spec, once for each side.
    SortedMap<String, String> read(JsonNode node, Side side) {
        var values = new FieldValues();
        part.read(words.getFirst(), node, side, values);
        return values.values();
    }
}
