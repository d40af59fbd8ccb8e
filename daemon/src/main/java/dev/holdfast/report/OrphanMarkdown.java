package dev.holdfast.report;

import dev.holdfast.ledger.Orphan;
import java.util.List;

/// Data that no app owns, as Markdown.
public final class OrphanMarkdown {

    private OrphanMarkdown() {}

    public static String of(List<Orphan> orphans) {
        var out = new Lines();
        if (orphans.isEmpty()) {
            return "No orphans.\n";
        }
        write(out, orphans, "###");
        return new MarkdownParts("orphans").section(out).toString();
    }

    static void write(Lines out, List<Orphan> orphans, String heading) {
        out.add(heading + " " + Counts.some(orphans.size(), "orphan") + ": data that no app owns");
        out.gap().add("> [!WARNING]").add("> " + OrphanText.PRUNE).gap();
        out.add("| what | node | was | since | there | size | to remove, on that node |")
                .add("|---|---|---|---|---|---|---|");
        for (var orphan : orphans) {
            var claim = orphan.claim();
            var owner = claim.app().isEmpty() ? "never made by Holdfast" : Markdown.cell(claim.app());
            var size = orphan.sizeBytes() == null ? "" : Counts.size(orphan.sizeBytes());
            out.add("| " + claim.kind().word() + " " + Markdown.cell(claim.name()) + " | "
                    + Markdown.cell(claim.hostname()) + " | " + owner + " | "
                    + Markdown.text(OrphanText.givenUp(orphan))
                    + " | " + orphan.presence().word() + " | " + size + " | " + cleanup(orphan) + " |");
        }
    }

    private static String cleanup(Orphan orphan) {
        if (orphan.cleanup() != null) {
            return Markdown.cell(orphan.cleanup());
        }
        return orphan.withheld() == null ? "" : "withheld: " + Markdown.text(orphan.withheld());
    }
}
