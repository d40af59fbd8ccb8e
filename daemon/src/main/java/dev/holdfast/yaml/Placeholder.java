package dev.holdfast.yaml;

import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// A variable inside a text that is still to be written: the writer makes `${NAME}` of it, and `$$` of every `$` that
/// is meant as it is. [Substitution] is the way back.
public final class Placeholder {

    /// Of the private use area, so that no text has them.
    private static final char BEGIN = '\uE000';

    private static final char END = '\uE001';
    private static final Pattern MARKED = Pattern.compile(BEGIN + "(" + Patterns.VARIABLE_NAME + ")" + END);

    private Placeholder() {}

    public static String of(String name) {
        return BEGIN + name + END;
    }

    /// The text as it stands in a file.
    public static String written(String text) {
        return MARKED.matcher(text.replace("$", "$$")).replaceAll("\\${$1}");
    }

    /// The tree with all its texts as they stand in a file. Keys are never filled in, and stay.
    public static Yaml written(Yaml node) {
        return switch (node) {
            case Yaml.Scalar scalar ->
                new Yaml.Scalar(scalar.place(), written(scalar.text()), scalar.kind(), scalar.substituted());
            case Yaml.Sequence list ->
                new Yaml.Sequence(
                        list.place(),
                        list.items().stream().map(Placeholder::written).toList());
            case Yaml.Mapping mapping -> written(mapping);
        };
    }

    public static Yaml.Mapping written(Yaml.Mapping mapping) {
        return new Yaml.Mapping(
                mapping.place(),
                mapping.entries().stream()
                        .map(entry -> new Yaml.Entry(entry.key(), entry.at(), written(entry.value())))
                        .toList());
    }

    /// The names of the variables in a text.
    public static SortedSet<String> names(String text) {
        var names = new TreeSet<String>();
        MARKED.matcher(text).results().forEach(match -> names.add(match.group(1)));
        return names;
    }
}
