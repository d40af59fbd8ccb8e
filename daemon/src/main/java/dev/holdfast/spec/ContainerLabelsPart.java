package dev.holdfast.spec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.app.App;
import dev.holdfast.live.Labels;
import java.util.TreeMap;

/// The labels of containers: the app's, and the one by which Docker's tools find those of a stack.
final class ContainerLabelsPart implements SpecPart {

    @Override
    public JsonNode write(App app, SpecContext context) {
        var labels = new TreeMap<>(app.labels());
        labels.put(
                Labels.STACK,
                app.stack() == null ? context.cluster() : app.stack().stack());
        var node = Specs.object();
        labels.forEach(node::put);
        return node;
    }

    @Override
    public void read(String word, JsonNode node, Side side, FieldValues values) {
        values.putMap(word, node);
    }
}
