package dev.holdfast.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.holdfast.app.App;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How containers are kept apart on Windows. Anything that a Linux engine doesn't know becomes its default, which is
/// the same as saying nothing.
final class IsolationPart implements SpecPart {

    @Override
    public @Nullable JsonNode write(App app, SpecContext context) {
        var isolation = app.isolation() == null ? "" : app.isolation().toLowerCase(Locale.ROOT);
        return Set.of("process", "hyperv").contains(isolation) ? new TextNode(isolation) : null;
    }

    @Override
    public void read(String word, JsonNode node, Side side, FieldValues values) {
        PlainParts.anyBut("default", word, node, values);
    }
}
