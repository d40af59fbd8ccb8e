package dev.holdfast.migrate;

import dev.holdfast.app.App;
import dev.holdfast.yaml.Problems;
import dev.holdfast.yaml.Reading;
import dev.holdfast.yaml.RecordForm;
import dev.holdfast.yaml.Substitution;
import dev.holdfast.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what was just written.
final class ReadBack {

    private ReadBack() {}

    /// As far as it can be understood; null where it is no app at all.
    static @Nullable App app(String text, Map<String, String> vars) {
        var problems = new Problems();
        var node = YamlReader.read("", text.getBytes(StandardCharsets.UTF_8), problems)
                .documents()
                .getFirst();
        var form = RecordForm.of(App.class);
        var reading = new Reading(problems, node, form);
        return form.read(new Substitution(vars, false).apply(node, reading.start()), reading.start());
    }
}
