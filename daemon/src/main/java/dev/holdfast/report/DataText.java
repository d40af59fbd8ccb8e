package dev.holdfast.report;

import dev.holdfast.plan.DataNote;
import java.util.List;

/// What becomes of data, a sentence each.
public final class DataText {

    private DataText() {}

    public static List<String> of(List<DataNote> notes) {
        return notes.stream().map(DataText::of).toList();
    }

    public static String of(DataNote note) {
        var app = note.app();
        return switch (note) {
            case DataNote.StaysBehind(_, var data) -> stays(data) + ": " + app + " no longer has it";
            case DataNote.BecomesOrphan(_, var data) -> stays(data) + " as an orphan: app " + app + " is removed";
            case DataNote.IsOnlyRead(_, var data, var readers) ->
                stays(data) + " with " + String.join(", ", readers)
                        + ", which only reads it: no app writes it any more";
            case DataNote.GoesTo(_, var data, var taker) -> named(data) + " goes from " + app + " to " + taker;
            case DataNote.IsTakenBack(_, var data, var from, var made) ->
                app + " takes back " + named(data) + (made == null ? "" : " (made " + made + ")") + ", which " + from
                        + " gave up";
            case DataNote.IsFound(_, var data, var made) ->
                app + " finds " + named(data) + " (made " + made + ") and uses it";
            case DataNote.IsUsed(_, var data) ->
                app + " finds directory " + data.node() + ":" + data.name() + " and uses it, whatever is in it";
            case DataNote.StartsEmpty(_, var data) ->
                app + " starts with a new, empty " + named(data);
            case DataNote.StartsEmptyUnlessThere(_, var data) ->
                app + " starts with " + named(data) + ", new and empty unless one is there";
            case DataNote.IsTakenOverIfThere(_, var data) ->
                app + " takes " + named(data)
                        + " over as it is, if there is one; else it starts with a new, empty one";
            case DataNote.IsMountedElsewhere(_, var data, var before, var after) ->
                app + " has " + data.kind().word() + " " + data.name() + " at " + String.join(", ", after)
                        + ", no longer at " + String.join(", ", before);
            case DataNote.NothingIsAt(_, var target) ->
                app + " has nothing at " + target + ": what it writes there is lost with its container";
            case DataNote.IsLockedNoMore _ -> app + " is locked to no node any more";
        };
    }

    private static String named(DataNote.Data data) {
        return data.kind().word() + " " + data.name() + " on " + data.node();
    }

    private static String stays(DataNote.Data data) {
        return data.kind().word() + " " + data.name() + " stays on " + data.node();
    }
}
