package dev.holdfast.spec;

import static dev.holdfast.spec.Specs.object;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.app.App;
import dev.holdfast.data.MountsLabel;
import dev.holdfast.live.Labels;
import java.util.TreeMap;

/// The labels of the service: the app's, and those by which Holdfast and Docker's tools know it.
final class ServiceLabelsPart implements SpecPart {

    @Override
    public JsonNode write(App app, SpecContext context) {
        var labels = new TreeMap<>(app.deploy().labels());
        labels.put(Labels.CLUSTER, context.cluster());
        labels.put(Labels.APP, app.name());
        if (context.commit() != null) {
            labels.put(Labels.COMMIT, context.commit());
        }
        labels.put(
                Labels.STACK,
                app.stack() == null ? context.cluster() : app.stack().stack());
        labels.put(Labels.STACK_IMAGE, app.image());
        if (!context.data().claims().isEmpty()) {
            labels.put(Labels.CLAIMS, context.data().claims());
        } else {
            labels.remove(Labels.CLAIMS);
        }
        var mounts = MountsLabel.of(app);
        if (!mounts.roles().isEmpty()) {
            labels.put(Labels.MOUNTS, mounts.write());
        }
        var schedule = app.schedule();
        if (schedule != null) {
            labels.put(Labels.SCHEDULE, schedule.text());
        }
        var node = object();
        labels.forEach(node::put);
        return node;
    }

    /// A label of Holdfast that only tells which commit wrote is no difference of its own.
    @Override
    public void read(String word, JsonNode node, Side side, FieldValues values) {
        values.putMap(word, node);
        values.values().remove(word + "." + Labels.COMMIT);
        values.values().remove(word + "." + Labels.SCHEDULE_SINCE);
    }
}
