package dev.holdfast.plan;

import dev.holdfast.app.App;
import dev.holdfast.data.ClaimsLabel;
import dev.holdfast.data.Possession;
import dev.holdfast.data.Shell;
import dev.holdfast.data.Source;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Mount;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Somebody changed by hand where an app's data is, which data it is or where it is mounted: perhaps to rescue it, so
/// that is not put back (rule `hand-changes`).
final class HandChange {

    private HandChange() {}

    /// @param runsOn the node of its tasks; null where there is none, or more than one
    static Hold hold(App app, Possession locked, @Nullable String runsOn, NodeNames hosts) {
        // Without a lock, its data is where it runs; where that is unchanged, the lock alone is missing.
        var had = locked.node() == null && runsOn != null && !runsOn.equals(locked.givenNode())
                ? locked.on(runsOn)
                : locked;
        var label = had.service().label(Labels.CLAIMS).map(ClaimsLabel::read);
        var given = label.map(ClaimsLabel::mounts)
                .filter(mounts -> !mounts.isEmpty())
                .map(mounts -> mounts.stream().map(HandChange::words).collect(Collectors.joining(", ")))
                .orElseGet(() -> had.given().stream().map(Source::name).collect(Collectors.joining(", ")));
        var what = Possession.isRolledBack(had.service())
                ? "it was rolled back to a version with other data, " + place(words(had), had.node(), hosts)
                : "somebody changed its node or its mounts by hand: it has "
                        + place(words(had), had.node(), hosts) + ", and was given "
                        + place(given, had.givenNode(), hosts);
        return new Hold(
                app.name(),
                HoldCode.DRIFT_MOVES_DATA,
                what + "; putting that back could lose what was written since",
                allow(had, hosts));
    }

    /// Apps whose data a hand has given this one too: both may write to it now.
    static List<Warning> victims(Possession had, Situation situation) {
        var node = had.node();
        var name = had.service().name();
        if (node == null || had.given().containsAll(had.mounted())) {
            return List.of();
        }
        var holders = situation.holders();
        var found = new ArrayList<Warning>();
        for (var source : had.mounted()) {
            var claim = GivingUpData.claim(source.on(node));
            if (!had.given().contains(source) && holders.writes(had, claim)) {
                holders.others(name, claim)
                        .forEach(other -> found.add(new Warning(
                                other.service().name(),
                                WarningCode.WRITTEN_BY_TWO,
                                name + " was given its " + source.kind().word() + " " + source.name()
                                        + " by hand, and both may write to it now")));
            }
        }
        return found;
    }

    /// What an app with such a change waits for: its mount must go, no file can keep it.
    static Hold contested(App app, Possession had, List<Warning> victims) {
        var added = had.service().mounts().stream()
                .filter(mount ->
                        (mount.isVolume() || mount.isBind()) && !had.given().contains(Source.of(mount)))
                .map(mount -> "--mount-rm " + Shell.quote(mount.target()))
                .collect(Collectors.joining(" "));
        return new Hold(
                app.name(),
                HoldCode.DRIFT_MOVES_DATA,
                "somebody gave it by hand what belongs to "
                        + victims.stream().map(Warning::app).distinct().collect(Collectors.joining(", "))
                        + ": both may write to it now",
                "docker service update " + added + " " + app.name());
    }

    /// Whether the file asks for just what is there: it names the node where the app runs since its lock was taken
    /// away, and leaves what is on the other; or it leaves all that was taken off.
    static boolean isMeant(App app, Possession had, @Nullable String node, @Nullable String runsOn, NodeNames hosts) {
        var given = had.givenNode();
        if (had.mounted().isEmpty() && app.directories().isEmpty() && app.persistent() != null) {
            return had.given().stream()
                    .map(Source::name)
                    .allMatch(app.persistent().leave()::contains);
        }
        return had.node() == null
                && given != null
                && node != null
                && node.equals(runsOn)
                && !had.changed()
                && had.mounted().equals(had.given())
                && hosts.leavesDataOn(app, given);
    }

    /// What to write into the file where the change shall stay, as it is.
    private static String allow(Possession had, NodeNames hosts) {
        var name = had.service().name();
        var node = had.node();
        var givenNode = had.givenNode();
        if (node == null && had.isOnEachNode()) {
            var left = had.given().stream()
                    .filter(source -> !had.mounted().contains(source))
                    .map(Source::name)
                    .toList();
            return "persistent: { each_node: true"
                    + (left.isEmpty() ? "" : ", leave: [" + String.join(", ", left) + "]")
                    + ", directories: [" + words(had) + "] }   # to keep it so; or put it back by hand";
        }
        if (node == null) {
            return givenNode == null ? "" : "docker service update --constraint-add node.id==" + givenNode + " " + name;
        }
        var lines = new ArrayList<String>();
        lines.add("node: " + hosts.word(node));
        if (givenNode != null && !givenNode.equals(node)) {
            lines.add("leave_data_on: " + hosts.word(givenNode));
        } else {
            var left = had.given().stream()
                    .filter(source -> !had.mounted().contains(source))
                    .map(Source::name)
                    .toList();
            if (!left.isEmpty()) {
                lines.add("leave: [" + String.join(", ", left) + "]");
            }
        }
        if (!had.mounted().isEmpty()) {
            lines.add("directories: [" + words(had) + "]");
        }
        return "persistent: { " + String.join(", ", lines) + " }   # to keep it so; or put it back by hand";
    }

    private static String place(String mounts, @Nullable String node, NodeNames hosts) {
        return (mounts.isEmpty() ? "no data" : mounts)
                + (node == null ? ", locked to no node" : " on " + hosts.word(node));
    }

    private static String words(Possession had) {
        return had.service().mounts().stream()
                .filter(mount -> mount.isVolume() || mount.isBind())
                .filter(mount -> had.mounted().contains(Source.of(mount)))
                .map(mount -> words(had, mount))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String words(Possession had, Mount mount) {
        var owner = had.owners().get(Source.of(mount));
        return owner == null
                ? mount.source() + ":" + mount.target() + (mount.readOnly() ? ":ro" : "")
                : "{ " + (mount.isVolume() ? "volume" : "host") + ": " + mount.source() + ", target: " + mount.target()
                        + ", with: " + owner + " }";
    }

    /// `volume:db-data=/data:ro` as an app file says it.
    private static String words(String mount) {
        var equals = mount.indexOf('=');
        return ClaimsLabel.decode(mount.substring(mount.indexOf(':') + 1, equals)) + ":"
                + ClaimsLabel.decode(mount.substring(equals + 1));
    }
}
