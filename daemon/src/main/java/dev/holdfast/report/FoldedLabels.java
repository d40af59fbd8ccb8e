package dev.holdfast.report;

import dev.holdfast.plan.Change;
import dev.holdfast.plan.Plan;
import dev.holdfast.spec.FieldChange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The labels that a service gets because it is taken over, as one field: that it has them is all that a person needs.
final class FoldedLabels {

    private static final String LABELS = "deploy.labels";
    private static final List<String> FOLDED = List.of(LABELS + ".dev.holdfast.", LABELS + ".com.docker.stack.");

    private FoldedLabels() {}

    /// The fields of a change, for people.
    static List<FieldChange> of(Plan plan, Change change) {
        var labels = change.fields().stream().filter(FoldedLabels::isFolded).toList();
        if (labels.size() < 2 || !plan.adopts(change.app())) {
            return change.fields();
        }
        var fields = new ArrayList<FieldChange>();
        for (var field : change.fields()) {
            if (!isFolded(field)) {
                fields.add(field);
            } else if (field == labels.getFirst()) {
                fields.add(folded(labels));
            }
        }
        return fields;
    }

    private static boolean isFolded(FieldChange field) {
        return !field.restarts() && FOLDED.stream().anyMatch(field.path()::startsWith);
    }

    private static FieldChange folded(List<FieldChange> labels) {
        return new FieldChange(LABELS, texts(labels, FieldChange::before), texts(labels, FieldChange::after), false);
    }

    /// What changes has its value, what is only set its name.
    private static @Nullable String texts(List<FieldChange> labels, Function<FieldChange, @Nullable String> value) {
        var texts = labels.stream()
                .filter(label -> value.apply(label) != null)
                .map(label -> label.path().substring(LABELS.length() + 1)
                        + (label.before() == null || label.after() == null ? "" : "=" + value.apply(label)))
                .collect(Collectors.joining(", "));
        return texts.isEmpty() ? null : texts;
    }
}
