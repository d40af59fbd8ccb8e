package dev.holdfast.report;

import dev.holdfast.ledger.Orphan;
import java.util.List;

/// Data that no app owns, as Markdown.
public final class OrphanMarkdown {

    private OrphanMarkdown() {}

    /// @param ignored how many more there are that `holdfast.yaml` leaves out
    public static String of(List<Orphan> orphans, int ignored) {
        var out = new Lines();
        if (orphans.isEmpty()) {
            return "No orphans" + OrphanText.others(ignored) + ".\n";
        }
        write(out, orphans, "###");
        if (ignored > 0) {
            out.gap().add("*" + ignored + " more ignored by holdfast.yaml.*");
        }
        var back = new Lines();
        takeBack(back, orphans);
        return new MarkdownParts("orphans").section(out).section(back).toString();
    }

    static void write(Lines out, List<Orphan> orphans, String heading) {
        out.add(heading + " " + Counts.some(orphans.size(), "orphan") + ": data that no app owns");
        out.gap().add("> [!WARNING]").add("> " + OrphanText.PRUNE).gap();
        out.add("| what | node | was | since | there | size | to remove, on that node |")
                .add("|---|---|---|---|---|---|---|");
        for (var orphan : orphans) {
            var claim = orphan.claim();
            var owner = claim.app().isEmpty()
                    ? claim.givenUp() == null ? "never made by Holdfast" : "not known any more"
                    : Markdown.cell(claim.app())
                            + (claim.target().isEmpty() ? "" : " at " + Markdown.cell(claim.target()));
            var size = orphan.sizeBytes() == null ? "" : Counts.size(orphan.sizeBytes());
            out.add("| " + claim.kind().word() + " " + Markdown.cell(claim.name()) + " | "
                    + Markdown.cell(claim.hostname()) + " | " + owner + " | "
                    + Markdown.text(OrphanText.givenUp(orphan))
                    + " | " + orphan.presence().word() + " | " + size + " | " + cleanup(orphan) + " |");
        }
    }

    private static void takeBack(Lines out, List<Orphan> orphans) {
        out.gap().add("<details><summary>How to take them back</summary>");
        for (var orphan : orphans) {
            var claim = orphan.claim();
            out.gap()
                    .add(claim.kind().word() + " " + Markdown.code(claim.name()) + " on "
                            + Markdown.code(claim.hostname()) + ":")
                    .gap();
            Markdown.block(out, "", "", orphan.takeBack());
        }
        out.gap().add("</details>");
    }

    private static String cleanup(Orphan orphan) {
        if (orphan.cleanup() != null) {
            return Markdown.cell(orphan.cleanup());
        }
        return orphan.withheld() == null ? "" : "withheld: " + Markdown.text(orphan.withheld());
    }
}
