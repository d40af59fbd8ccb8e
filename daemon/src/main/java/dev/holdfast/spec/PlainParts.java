package dev.holdfast.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.holdfast.app.App;
import dev.holdfast.value.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The parts that are one plain value of the app: a text, a list, a switch.
final class PlainParts {

    private PlainParts() {}

    /// Where the value of a part stands in an app; null is absent.
    interface Value<T> {
        @Nullable
        T of(App app);
    }

    private interface Writer {
        @Nullable
        JsonNode write(App app);
    }

    private interface Reader {
        void read(String word, JsonNode node, FieldValues values);
    }

    private record Plain(Writer writer, Reader reader) implements SpecPart {
        @Override
        public @Nullable JsonNode write(App app, SpecContext context) {
            return writer.write(app);
        }

        @Override
        public void read(String word, JsonNode node, Side side, FieldValues values) {
            reader.read(word, node, values);
        }
    }

    private static final Reader AS_IT_STANDS = (word, node, values) -> values.putAny(word, node);

    static SpecPart text(Value<String> value) {
        return new Plain(app -> text(value.of(app)), AS_IT_STANDS);
    }

    /// @param spelling the one spelling for what means the same to the engine
    static SpecPart text(Value<String> value, UnaryOperator<String> spelling) {
        return new Plain(app -> text(value.of(app)), (word, node, values) -> {
            var text = spelling.apply(Specs.text(node));
            if (!text.isEmpty()) {
                values.put(word, text);
            }
        });
    }

    private static @Nullable JsonNode text(@Nullable String text) {
        return text == null || text.isEmpty() ? null : new TextNode(text);
    }

    /// A number whose zero means absent.
    static SpecPart number(Value<Integer> value) {
        return new Plain(
                app -> {
                    var number = value.of(app);
                    return number == null || number == 0 ? null : new LongNode(number);
                },
                AS_IT_STANDS);
    }

    static SpecPart flag(Predicate<App> value) {
        return new Plain(app -> value.test(app) ? BooleanNode.TRUE : null, AS_IT_STANDS);
    }

    /// One whose `false` is said, too: the engine's own settings may say true.
    static SpecPart optionalFlag(Value<Boolean> value) {
        return new Plain(
                app -> {
                    var flag = value.of(app);
                    return flag == null ? null : BooleanNode.valueOf(flag);
                },
                AS_IT_STANDS);
    }

    /// @param absent what the engine does where the spec says nothing; zero is something
    static SpecPart duration(Value<Duration> value, String absent) {
        return new Plain(
                app -> {
                    var duration = value.of(app);
                    return duration == null ? null : new LongNode(duration.toNanos());
                },
                (word, node, values) -> values.put(word, node.isNumber() ? Durations.text(node.asLong()) : absent));
    }

    static SpecPart list(Value<List<String>> value) {
        return new Plain(
                app -> {
                    var list = value.of(app);
                    return list == null || list.isEmpty() ? null : Specs.array(list);
                },
                (word, node, values) -> values.putList(word, Specs.strings(node)));
    }

    static SpecPart map(Value<Map<String, String>> value) {
        return new Plain(
                app -> {
                    var map = value.of(app);
                    if (map == null || map.isEmpty()) {
                        return null;
                    }
                    var node = Specs.object();
                    new TreeMap<>(map).forEach(node::put);
                    return node;
                },
                (word, node, values) -> values.putMap(word, node));
    }

    /// What no app file can say, and only another hand has set.
    static SpecPart unwritten() {
        return new Plain(app -> null, AS_IT_STANDS);
    }

    /// The same where the order of a list means nothing.
    static SpecPart unwrittenSet() {
        return new Plain(app -> null, (word, node, values) -> values.putList(word, new TreeSet<>(Specs.strings(node))));
    }

    /// The same where a value, at any depth, means as much as none.
    static SpecPart unwrittenBut(String none) {
        return new Plain(app -> null, (word, node, values) -> anyBut(none, word, node, values));
    }

    static void anyBut(String none, String word, JsonNode node, FieldValues values) {
        values.putAny(word, node);
        values.values()
                .values()
                .removeIf(value -> value.toLowerCase(Locale.ROOT).equals(none));
    }
}
