package dev.holdfast.spec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// How a live service differs from the spec it should have.
///
/// @param fields what differs in effect, one entry for each value; empty means equal
/// @param restarts whether sending `toSend` makes tasks start anew
/// @param touchesData whether the lock, a mount or the mode differs (rule `hand-changes`)
/// @param needsRecreate whether the mode differs, which no update can change
/// @param toSend the whole spec to send: what differs only in spelling or order keeps its live form. Where secrets or
///     configs differ, theirs have an empty ID. Equal to the live spec where nothing differs
public record SpecDifference(
        List<FieldChange> fields, boolean restarts, boolean touchesData, boolean needsRecreate, ObjectNode toSend) {

    public boolean isEmpty() {
        return fields.isEmpty();
    }
}
