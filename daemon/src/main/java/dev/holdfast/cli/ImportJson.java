package dev.holdfast.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.migrate.Imported;
import dev.holdfast.migrate.ImportedFiles;
import dev.holdfast.report.Json;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What `import -o json` prints: the files, what was left out, and what a person has to do. No value of a secret.
final class ImportJson {

    private ImportJson() {}

    /// @param shown where a file was written, by its path in the repository; null where none was: then their texts
    ///     are in the document
    static ObjectNode of(Imported imported, ImportedFiles files, @Nullable Function<String, String> shown) {
        var json = Json.document();
        var array = json.putArray("files");
        files.files().forEach((path, bytes) -> {
            var one = array.addObject().put("path", path);
            if (shown != null) {
                one.put("written", shown.apply(path));
            } else {
                one.put("text", new String(bytes, StandardCharsets.UTF_8));
            }
        });
        if (!files.toAdd().isEmpty()) {
            json.put("toAdd", files.toAdd());
        }
        var notes = json.putArray("notes");
        for (var note : imported.notes()) {
            var one = notes.addObject().put("about", note.about());
            if (imported.apps().containsKey(note.about())) {
                one.put("app", note.about());
            }
            if (!note.place().isEmpty()) {
                one.put("place", note.place());
            }
            one.put("message", note.message());
        }
        var variables = json.putArray("variables");
        files.wanted()
                .forEach((name, wanted) -> variables
                        .addObject()
                        .put("name", name)
                        .put("secret", wanted.secret())
                        .put("what", wanted.what()));
        var decisions = json.putArray("decisions");
        for (var decision : imported.decisions()) {
            var one = decisions
                    .addObject()
                    .put("app", decision.app())
                    .put("place", decision.place())
                    .put("message", decision.why());
            decision.choices().forEach(one.putArray("choices")::add);
        }
        Json.addProblems(json, files.open());
        return json;
    }
}
