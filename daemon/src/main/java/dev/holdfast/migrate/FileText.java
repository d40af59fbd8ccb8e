package dev.holdfast.migrate;

import dev.holdfast.app.App;
import dev.holdfast.app.Repository;
import dev.holdfast.yaml.Placeholder;
import dev.holdfast.yaml.RecordForm;
import dev.holdfast.yaml.YamlWriter;
import java.util.List;
import java.util.Map;

/// The text of an app file, or of `holdfast.yaml`: what was said, in the order of the keys, without what holds anyway.
public final class FileText {

    private FileText() {}

    /// @param comments lines to stand before what is at a path; at the top for the path ""
    public static String of(App app, Map<String, List<String>> comments) {
        return YamlWriter.write(Placeholder.written(RecordForm.of(App.class).write(app)), comments);
    }

    public static String of(Repository repository, Map<String, List<String>> comments) {
        return YamlWriter.write(RecordForm.of(Repository.class).write(repository), comments);
    }
}
