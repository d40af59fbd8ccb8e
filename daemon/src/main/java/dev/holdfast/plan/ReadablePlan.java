package dev.holdfast.plan;

import dev.holdfast.spec.FieldChange;
import dev.holdfast.spec.PlacementPart;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A plan as people read it: its fields call the node of an app as files do, by hostname.
public final class ReadablePlan {

    private final NodeNames hosts;

    private ReadablePlan(Situation situation) {
        this.hosts = new NodeNames(situation);
    }

    public static Plan in(Situation situation, Plan plan) {
        var names = new ReadablePlan(situation);
        return plan.with(
                plan.changes().stream().map(names::change).toList(),
                plan.holds().stream()
                        .map(hold -> hold.with(names.fields(hold.waiting())))
                        .toList());
    }

    private Change change(Change change) {
        return change instanceof Change.UpdateService update ? update.with(fields(update.fields())) : change;
    }

    private List<FieldChange> fields(List<FieldChange> fields) {
        return fields.stream().map(this::field).toList();
    }

    private FieldChange field(FieldChange field) {
        return field.path().equals(PlacementPart.LOCK)
                ? new FieldChange(field.path(), word(field.before()), word(field.after()), field.restarts())
                : field;
    }

    private @Nullable String word(@Nullable String node) {
        return node == null ? null : hosts.word(node);
    }
}
