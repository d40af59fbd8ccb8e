package dev.holdfast.yaml;

import java.util.List;
import java.util.Map;
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
        return bind(type, file, bytes, null);
    }

    /// The same with environment variables filled into its values, as `vars` are into those of an app file.
    public static <R extends Record> Bound<R> bindWithEnvironment(
            Class<R> type, String file, byte[] bytes, Map<String, String> environment) {
        return bind(type, file, bytes, new Substitution(environment, true, "set it in the environment"));
    }

    private static <R extends Record> Bound<R> bind(
            Class<R> type, String file, byte[] bytes, @Nullable Substitution substitution) {
        var problems = new Problems();
        var form = RecordForm.of(type);
        var documents = YamlReader.read(file, bytes, problems);
        R value = null;
        if (documents.readable()) {
            var node = single(documents, file, problems);
            var reading = new Reading(problems, node, form);
            var filled = substitution == null ? node : substitution.apply(node, reading.start());
            value = form.read(filled, reading.start());
            if (value != null) {
                Constraints.check(value, reading);
            }
        }
        return new Bound<>(value, problems.sorted());
    }

    /// The one document of a file.
    public static Yaml single(YamlReader.Documents documents, String file, Problems problems) {
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
