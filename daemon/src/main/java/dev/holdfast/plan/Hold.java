package dev.holdfast.plan;

import dev.holdfast.spec.FieldChange;
import java.util.List;

/// An app, or a removal, that is left exactly as it runs because going on could lose data.
///
/// @param code a stable word, listed in the README
/// @param message what would be lost, or cannot be known
/// @param allow the lines to write, or what to do, to go on; empty where only time or a node can help
/// @param waiting what else of the app is not changed, as long as it is held
/// @param then what the app starts with once `allow` was done
public record Hold(
        String app, HoldCode code, String message, String allow, List<FieldChange> waiting, List<DataNote> then) {

    public Hold(String app, HoldCode code, String message, String allow) {
        this(app, code, message, allow, List.of());
    }

    public Hold(String app, HoldCode code, String message, String allow, List<FieldChange> waiting) {
        this(app, code, message, allow, waiting, List.of());
    }

    Hold allowing(String lines) {
        return new Hold(app, code, message, lines, waiting, then);
    }

    Hold with(List<FieldChange> changes) {
        return new Hold(app, code, message, allow, changes, then);
    }

    Hold followedBy(List<DataNote> notes) {
        return new Hold(app, code, message, allow, waiting, List.copyOf(notes));
    }
}
