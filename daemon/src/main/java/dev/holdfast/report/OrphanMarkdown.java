package dev.holdfast.report;

import dev.holdfast.data.Orphan;
import dev.holdfast.value.ByteSize;
import java.util.List;

/// Data that no app owns, as Markdown.
public final class OrphanMarkdown {

    private OrphanMarkdown() {}

    /// @param ignored how many more there are that `holdfast.yaml` leaves out
    public static String of(List<Orphan> orphans, int ignored) {
        if (orphans.isEmpty()) {
            return "No orphans" + OrphanText.others(ignored) + ".\n";
        }
        var document = new MarkdownParts("orphans");
        write(document, orphans, "###", false);
        if (ignored > 0) {
            document.section(new Lines().add("*" + ignored + " more ignored by holdfast.yaml.*"));
        }
        return document.list(
                        new Lines().add("<details><summary>How to take them back</summary>"),
                        orphans.stream().map(OrphanMarkdown::takeBack).toList(),
                        "\n</details>")
                .toString();
    }

    static void write(MarkdownParts document, List<Orphan> orphans, String heading, boolean folds) {
        var count = Counts.some(orphans.size(), "orphan");
        var head = new Lines();
        if (folds) {
            head.add("<details><summary>" + count + "</summary>").gap();
        }
        head.add(heading + " " + count + ": data that no app owns").gap();
        head.add("> [!WARNING]").add("> " + OrphanText.PRUNE).gap();
        head.add("| what | node | was | since | there | size | to remove, on that node |")
                .add("|---|---|---|---|---|---|---|");
        document.list(head, orphans.stream().map(OrphanMarkdown::row).toList(), folds ? "\n</details>" : "");
    }

    private static String row(Orphan orphan) {
        var claim = orphan.claim();
        var owner = claim.app().isEmpty()
                ? claim.givenUp() == null ? "never made by Holdfast" : "not known any more"
                : Markdown.cell(claim.app()) + (claim.target().isEmpty() ? "" : " at " + Markdown.cell(claim.target()));
        var size = orphan.sizeBytes() == null ? "" : new ByteSize(orphan.sizeBytes()).rounded();
        return "| " + claim.kind().word() + " " + Markdown.cell(claim.name()) + " | " + Markdown.cell(claim.hostname())
                + " | " + owner + " | " + Markdown.text(OrphanText.givenUp(orphan)) + " | "
                + orphan.presence().word() + " | " + size + " | " + cleanup(orphan) + " |";
    }

    private static String takeBack(Orphan orphan) {
        var claim = orphan.claim();
        var out = new Lines()
                .add("")
                .add(claim.kind().word() + " " + Markdown.code(claim.name()) + " on " + Markdown.code(claim.hostname())
                        + ":")
                .gap();
        Markdown.block(out, "", "", orphan.takeBack());
        return out.toString();
    }

    private static String cleanup(Orphan orphan) {
        if (orphan.cleanup() != null) {
            return Markdown.cell(orphan.cleanup());
        }
        return orphan.withheld() == null ? "" : "withheld: " + Markdown.text(orphan.withheld());
    }
}
