package dev.holdfast.report;

import dev.holdfast.plan.DataNote;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// What becomes of data, a sentence each.
public final class DataText {

    private DataText() {}

    public static List<String> of(List<DataNote> notes) {
        var told = new LinkedHashSet<String>();
        notes.forEach(
                note -> told.add(note instanceof DataNote.IsGuarded guarded ? guarded(guarded, notes) : of(note)));
        return List.copyOf(told);
    }

    /// One line for all that are guarded alike.
    private static String guarded(DataNote.IsGuarded note, List<DataNote> notes) {
        var apps = notes.stream()
                .filter(other -> other instanceof DataNote.IsGuarded like
                        && Objects.equals(like.node(), note.node())
                        && like.guards().equals(note.guards()))
                .map(DataNote::app)
                .collect(Collectors.joining(", "));
        return guarded(apps, note);
    }

    private static String guarded(String apps, DataNote.IsGuarded note) {
        var guards = note.guards().stream()
                .map(guard -> switch (guard) {
                    case LOCKED -> "locked to " + (note.node() == null ? "one node" : note.node());
                    case ONE_INSTANCE -> "one instance there (max_replicas_per_node: 1)";
                    case STOP_FIRST -> "stopped before a new task starts";
                    case PAUSE -> "paused if an update fails";
                })
                .collect(Collectors.joining(", "));
        return apps + ": for its data, where the file says nothing else: " + guards;
    }

    public static String of(DataNote note) {
        var app = note.app();
        return switch (note) {
            case DataNote.StaysBehind it -> stays(it.data()) + ": " + app + " no longer has it";
            case DataNote.BecomesOrphan it -> stays(it.data()) + " as an orphan: app " + app + " is removed";
            case DataNote.IsOnlyRead it ->
                stays(it.data()) + " with " + String.join(", ", it.readers())
                        + ", which only reads it: no app writes it any more";
            case DataNote.GoesTo it -> named(it.data()) + " goes from " + app + " to " + it.taker();
            case DataNote.IsTakenBack it ->
                app + " takes back " + named(it.data()) + (it.made() == null ? "" : " (made " + it.made() + ")")
                        + ", which " + it.from() + " gave up";
            case DataNote.IsFound it -> app + " finds " + named(it.data()) + " (made " + it.made() + ") and uses it";
            case DataNote.IsUsed it ->
                app + " finds directory " + it.data().node() + ":" + it.data().name()
                        + " and uses it, whatever is in it";
            case DataNote.StartsEmpty it -> app + " starts with a new, empty " + named(it.data());
            case DataNote.StartsEmptyUnlessThere it ->
                app + " starts with " + named(it.data()) + ", new and empty unless one is there";
            case DataNote.IsTakenOverIfThere it ->
                app + " takes " + named(it.data())
                        + " over as it is, if there is one; else it starts with a new, empty one";
            case DataNote.IsMountedElsewhere it ->
                app + " has " + it.data().kind().word() + " " + it.data().name() + " at "
                        + String.join(", ", it.after()) + ", no longer at " + String.join(", ", it.before());
            case DataNote.NothingIsAt it ->
                app + " has nothing at " + it.target() + ": what it writes there is lost with its container";
            case DataNote.IsGuarded it -> guarded(app, it);
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
