package dev.holdfast.report;

import dev.holdfast.data.Orphan;
import dev.holdfast.value.ByteSize;
import java.util.List;

/// Data that no app owns, for a terminal: where it is, whose it was, how to take it back, and how to be rid of it.
public final class OrphanText {

    static final String PRUNE =
            "`docker volume prune` (with --all on newer engines) can delete volumes that no container"
                    + " uses, these too; Holdfast never deletes any.";

    private OrphanText() {}

    /// @param ignored how many more there are that `holdfast.yaml` leaves out
    public static String of(List<Orphan> orphans, int ignored, Style style) {
        if (orphans.isEmpty()) {
            return "No orphans" + others(ignored) + ".\n";
        }
        var out = new Lines().add(style.yellow("Careful: " + PRUNE));
        for (var orphan : orphans) {
            out.gap();
            one(orphan, style, out);
        }
        return out.gap()
                .add(style.bold(Counts.some(orphans.size(), "orphan") + others(ignored) + "."))
                .toString();
    }

    static String others(int ignored) {
        return ignored == 0 ? "" : "; " + ignored + " more ignored by holdfast.yaml";
    }

    private static void one(Orphan orphan, Style style, Lines out) {
        var claim = orphan.claim();
        out.add(style.bold(claim.kind().word() + " " + HarmlessText.line(claim.name())) + " on node "
                + HarmlessText.line(claim.hostname()) + " (" + HarmlessText.line(claim.node()) + "): "
                + presence(orphan));
        out.add("    was         " + owner(orphan));
        if (claim.givenUp() != null) {
            out.add("    since       " + givenUp(orphan));
        }
        if (orphan.lastSeen() != null) {
            out.add("    last seen   " + HarmlessText.line(orphan.lastSeen()));
        }
        if (orphan.sizeBytes() != null) {
            out.add("    size        " + new ByteSize(orphan.sizeBytes()).rounded());
        }
        if (!orphan.takeBack().isBlank()) {
            field(out, "take back", orphan.takeBack());
        }
        if (orphan.cleanup() != null) {
            out.add("    remove      " + HarmlessText.line(orphan.cleanup()) + "   (on "
                    + HarmlessText.line(claim.hostname()) + ")");
        } else if (orphan.withheld() != null) {
            out.add("    remove      withheld: " + HarmlessText.line(orphan.withheld()));
        }
    }

    static String presence(Orphan orphan) {
        return orphan.presence() == Orphan.Presence.UNKNOWN
                ? "unknown (its node was not looked at)"
                : orphan.presence().word();
    }

    static String owner(Orphan orphan) {
        var claim = orphan.claim();
        if (claim.app().isEmpty() && claim.givenUp() != null) {
            return "made by Holdfast, for an app that nobody knows any more";
        }
        return claim.app().isEmpty()
                ? "never made by Holdfast, and used by no service"
                : "of app " + HarmlessText.line(claim.app()) + ", at " + HarmlessText.line(claim.target());
    }

    static String givenUp(Orphan orphan) {
        var when = orphan.claim().givenUp();
        if (when == null) {
            return "";
        }
        return HarmlessText.line(when.since())
                + (when.commit() == null ? "" : ", commit " + Counts.shortCommit(when.commit()))
                + (orphan.author() == null ? "" : " by " + HarmlessText.line(orphan.author()))
                + (orphan.subject() == null ? "" : ": " + HarmlessText.line(orphan.subject()));
    }

    private static void field(Lines out, String name, String words) {
        var lines = HarmlessText.lines(words);
        out.add(String.format(java.util.Locale.ROOT, "    %-11s ", name) + lines.getFirst());
        lines.stream().skip(1).forEach(line -> out.add(" ".repeat(16) + line));
    }
}
