package dev.holdfast.app;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads any file that is one YAML mapping into a record, with the same care as app files: unknown keys, wrong values
/// and
/// broken constraints are all reported, each with its place.
public final class YamlBinder {

    /// @param value as far as it could be understood; to be used only where there is no error
    public record Bound<R extends Record>(@Nullable R value, List<Problem> problems) {
        public boolean isSound() {
            return value != null && problems.stream().noneMatch(Problem::isError);
        }
    }

    private YamlBinder() {}

    /// An empty file is an empty mapping.
    public static <R extends Record> Bound<R> bind(Class<R> type, String file, byte[] bytes) {
        var problems = new Problems();
        var form = RecordForm.of(type);
        var documents = YamlReader.read(file, bytes, problems);
        R value = null;
        if (documents.readable()) {
            var node = single(documents, file, problems);
            var reading = new Reading(problems, node, form);
            value = form.read(node, reading.start());
            if (value != null) {
                Constraints.check(value, reading);
            }
        }
        return new Bound<>(value, problems.sorted());
    }

    /// The one document of a file.
    static Yaml single(YamlReader.Documents documents, String file, Problems problems) {
        var all = documents.documents();
        if (all.isEmpty()) {
            return new Yaml.Mapping(Yaml.Place.of(file), List.of());
        }
        if (all.size() > 1) {
            problems.error(all.get(1).place(), "", "must be one document; remove the line \"---\" before this");
        }
        return all.getFirst();
    }
}
