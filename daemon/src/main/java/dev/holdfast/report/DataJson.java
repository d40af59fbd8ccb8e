package dev.holdfast.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.plan.DataNote;
import java.util.List;

/// What becomes of data, as fields: `what`, `app`, which data, and what else belongs to it.
final class DataJson {

    private DataJson() {}

    static void add(ArrayNode array, List<DataNote> notes) {
        notes.forEach(note -> add(array.addObject(), note));
    }

    private static void add(ObjectNode json, DataNote note) {
        json.put("what", what(note)).put("app", note.app());
        if (note instanceof DataNote.OfData of) {
            json.put("kind", of.data().kind().word())
                    .put("name", of.data().name())
                    .put("node", of.data().node());
        }
        switch (note) {
            case DataNote.IsOnlyRead it -> put(json, "readers", it.readers());
            case DataNote.GoesTo it -> json.put("to", it.taker());
            case DataNote.IsTakenBack it -> {
                json.put("from", it.from());
                if (it.made() != null) {
                    json.put("made", it.made());
                }
            }
            case DataNote.IsFound it -> json.put("made", it.made());
            case DataNote.IsMountedElsewhere it -> {
                put(json, "before", it.before());
                put(json, "after", it.after());
            }
            case DataNote.NothingIsAt it -> json.put("target", it.target());
            case DataNote.IsGuarded it -> {
                if (it.node() != null) {
                    json.put("node", it.node());
                }
                put(
                        json,
                        "guards",
                        it.guards().stream().map(DataNote.Guard::word).toList());
            }
            default -> {
                // Whose and which data it is tells all.
            }
        }
    }

    private static String what(DataNote note) {
        return switch (note) {
            case DataNote.StaysBehind _ -> "stays-behind";
            case DataNote.BecomesOrphan _ -> "becomes-orphan";
            case DataNote.IsOnlyRead _ -> "only-read";
            case DataNote.GoesTo _ -> "goes-to";
            case DataNote.IsTakenBack _ -> "taken-back";
            case DataNote.IsFound _ -> "found";
            case DataNote.IsUsed _ -> "used";
            case DataNote.StartsEmpty _ -> "starts-empty";
            case DataNote.StartsEmptyUnlessThere _ -> "starts-empty-unless-there";
            case DataNote.IsTakenOverIfThere _ -> "taken-over-if-there";
            case DataNote.IsMountedElsewhere _ -> "mounted-elsewhere";
            case DataNote.NothingIsAt _ -> "nothing-at";
            case DataNote.IsLockedNoMore _ -> "locked-no-more";
            case DataNote.IsGuarded _ -> "guarded";
        };
    }

    private static void put(ObjectNode json, String key, List<String> values) {
        values.forEach(json.putArray(key)::add);
    }
}
