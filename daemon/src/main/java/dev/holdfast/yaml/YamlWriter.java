package dev.holdfast.yaml;

import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.StreamDataWriter;
import org.snakeyaml.engine.v2.comments.CommentType;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.emitter.Emitter;
import org.snakeyaml.engine.v2.events.CommentEvent;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.ImplicitTuple;
import org.snakeyaml.engine.v2.events.MappingEndEvent;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceEndEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.events.StreamStartEvent;

/// Writes a tree of [Yaml] as a person would: short lists in one line, long texts in lines of their own, quotes only
/// where a reader, also one of YAML 1.1, would take a text for something else.
public final class YamlWriter {

    private static final int LONGEST_LINE = 90;

    private static final DumpSettings SETTINGS = DumpSettings.builder()
            .setDumpComments(true)
            .setIndent(2)
            .setIndicatorIndent(2)
            .setIndentWithIndicator(true)
            .setSplitLines(false)
            .setWidth(1 << 20)
            .build();

    /// What YAML 1.1, which other tools still read, takes for a truth, a number in the base of sixty or a date.
    private static final Pattern OTHERWISE_IN_1_1 =
            Pattern.compile("(?i:y|n|yes|no|on|off|~)|[-+]?[0-9][0-9_,:.-]*(?:/[a-z]+)?|[<=]");

    /// What has to be quoted and reads well between double quotes: nothing in it needs an escape.
    private static final Pattern IN_QUOTES =
            Pattern.compile("[^\"\\\\]*(?:: |:$| #)[^\"\\\\]*|(?:[*&!%@`|>{}\\[\\],#]|[?:-](?: |$))[^\"\\\\]*");

    private static final Pattern QUOTED_IN_LINE = Pattern.compile("[^\"\\\\]*[:,\\[\\]{}][^\"\\\\]*");
    private static final ImplicitTuple NO_TAG = new ImplicitTuple(true, true);
    private static final ImplicitTuple ONLY_QUOTED = new ImplicitTuple(false, true);

    private final StringWriter text = new StringWriter();
    private final Emitter emitter = new Emitter(SETTINGS, new Sink(text));
    private final Map<String, List<String>> comments;

    private YamlWriter(Map<String, List<String>> comments) {
        this.comments = comments;
    }

    /// @param comments lines to stand before the key at a path, such as `deploy.replicas`, or at the top for the
    ///     path ""
    public static String write(Yaml.Mapping document, Map<String, List<String>> comments) {
        return new YamlWriter(comments).document(document);
    }

    private String document(Yaml.Mapping document) {
        emitter.emit(new StreamStartEvent());
        emitter.emit(new DocumentStartEvent(false, Optional.empty(), Map.of()));
        value(document, "", false);
        emitter.emit(new DocumentEndEvent(false));
        emitter.emit(new StreamEndEvent());
        var head = new StringBuilder();
        comments.getOrDefault("", List.of())
                .forEach(line -> head.append(comment(line)).append('\n'));
        return head + text.toString();
    }

    /// One that begins with `#` stands as it is: what is to be uncommented.
    private static String comment(String line) {
        return line.startsWith("#") ? line : line.isEmpty() ? "#" : "# " + line;
    }

    private void value(Yaml node, String path, boolean inOneLine) {
        switch (node) {
            case Yaml.Scalar scalar -> scalar(scalar, inOneLine);
            case Yaml.Sequence list -> {
                var flow = inOneLine || fitsInOneLine(list, path);
                emitter.emit(new SequenceStartEvent(Optional.empty(), Optional.empty(), true, style(flow)));
                for (var i = 0; i < list.items().size(); i++) {
                    value(list.items().get(i), path + "[" + i + "]", flow);
                }
                emitter.emit(new SequenceEndEvent());
            }
            case Yaml.Mapping mapping -> {
                var inList = path.endsWith("]");
                var flow = inOneLine || mapping.entries().isEmpty() || inList && fitsInOneLine(mapping, path);
                emitter.emit(new MappingStartEvent(Optional.empty(), Optional.empty(), true, style(flow)));
                for (var entry : mapping.entries()) {
                    var below = path.isEmpty() ? entry.key() : path + "." + entry.key();
                    comment(below, flow);
                    scalar(YamlTree.text(entry.key()), true);
                    value(entry.value(), below, flow);
                }
                emitter.emit(new MappingEndEvent());
            }
        }
    }

    private static FlowStyle style(boolean inOneLine) {
        return inOneLine ? FlowStyle.FLOW : FlowStyle.BLOCK;
    }

    private void comment(String path, boolean inOneLine) {
        if (!inOneLine) {
            comments.getOrDefault(path, List.of())
                    .forEach(line -> emitter.emit(new CommentEvent(
                            CommentType.BLOCK, comment(line).substring(1), Optional.empty(), Optional.empty())));
        }
    }

    private void scalar(Yaml.Scalar scalar, boolean inOneLine) {
        var text = scalar.text();
        if (scalar.kind() != Yaml.Kind.TEXT) {
            emit(text, NO_TAG, ScalarStyle.PLAIN);
        } else if (YamlKinds.kind(text) != Yaml.Kind.TEXT
                || OTHERWISE_IN_1_1.matcher(text).matches()
                || text.codePoints().anyMatch(YamlWriter::isUnseen)) {
            emit(text, ONLY_QUOTED, ScalarStyle.DOUBLE_QUOTED);
        } else if (text.indexOf('\n') >= 0) {
            emit(text, ONLY_QUOTED, inOneLine || !isBlock(text) ? ScalarStyle.DOUBLE_QUOTED : ScalarStyle.LITERAL);
        } else {
            var quoted = IN_QUOTES.matcher(text).matches()
                    || inOneLine && QUOTED_IN_LINE.matcher(text).matches();
            emit(text, NO_TAG, quoted ? ScalarStyle.DOUBLE_QUOTED : ScalarStyle.PLAIN);
        }
    }

    /// Tabs, and blanks that begin the first line or end one, are seen only between quotes.
    private static boolean isBlock(String text) {
        return !text.isBlank()
                && !Character.isWhitespace(text.charAt(0))
                && !text.contains(" \n")
                && !text.endsWith(" ")
                && text.indexOf('\t') < 0;
    }

    /// What nobody sees, some of it other line ends: to be written as an escape.
    private static boolean isUnseen(int point) {
        return Character.isISOControl(point) && point != '\n' && point != '\t'
                || point == 0x2028
                || point == 0x2029
                || point == 0xFEFF;
    }

    private void emit(String text, ImplicitTuple implicit, ScalarStyle style) {
        emitter.emit(new ScalarEvent(Optional.empty(), Optional.empty(), implicit, text, style));
    }

    private boolean fitsInOneLine(Yaml node, String path) {
        return comments.keySet().stream().noneMatch(at -> !path.isEmpty() && at.startsWith(path) && !at.equals(path))
                && width(node) <= LONGEST_LINE
                && !(node instanceof Yaml.Sequence list && isTable(list));
    }

    /// Ports, directories and the like, two columns each.
    private static boolean isTable(Yaml.Sequence list) {
        return list.items().size() > 1
                && list.items().stream()
                        .allMatch(item -> item instanceof Yaml.Scalar scalar
                                && scalar.text().indexOf(':') >= 0);
    }

    /// How long it would be in one line; too long where it has lines of its own, or is nested.
    private static int width(Yaml node) {
        return switch (node) {
            case Yaml.Scalar scalar ->
                scalar.text().indexOf('\n') >= 0
                        ? LONGEST_LINE + 1
                        : scalar.text().length() + 2;
            case Yaml.Sequence list ->
                list.items().stream()
                        .mapToInt(item -> item instanceof Yaml.Scalar ? width(item) + 2 : LONGEST_LINE + 1)
                        .sum();
            case Yaml.Mapping mapping ->
                mapping.entries().stream()
                        .mapToInt(entry -> entry.key().length()
                                + (entry.value() instanceof Yaml.Scalar ? width(entry.value()) + 2 : LONGEST_LINE + 1))
                        .sum();
        };
    }

    private record Sink(StringWriter out) implements StreamDataWriter {
        @Override
        public void write(String part) {
            out.write(part);
        }

        @Override
        public void write(String part, int from, int length) {
            out.write(part, from, length);
        }
    }
}
