package dev.holdfast.report;

import dev.holdfast.plan.AppStatus;
import dev.holdfast.spec.Redaction;
import java.util.List;

/// Every app in a row of a table, as Markdown; errors below it.
public final class StatusMarkdown {

    private StatusMarkdown() {}

    public static String of(List<AppStatus> apps) {
        if (apps.isEmpty()) {
            return "No apps.\n";
        }
        var document = new MarkdownParts("status");
        document.list(
                new Lines()
                        .add("| app | sync | health | running | node | commit | image |")
                        .add("|---|---|---|---|---|---|---|"),
                apps.stream().map(StatusMarkdown::row).toList());
        for (var app : apps) {
            if (app.error() != null) {
                var error = new Lines().add(Markdown.code(app.name()) + ":").gap();
                Markdown.block(error, "", "", Redaction.text(app.error()));
                document.section(error);
            }
            if (app.schedule() != null) {
                document.section(new Lines()
                        .add(Markdown.code(app.name()) + ": " + Markdown.text(StatusText.schedule(app.schedule()))));
            }
            for (var warning : app.warnings()) {
                document.section(new Lines()
                        .add(Markdown.code(app.name()) + ": " + Markdown.text(warning.message()) + " ("
                                + Markdown.code(warning.code().word()) + ")"));
            }
        }
        return document.toString();
    }

    private static String row(AppStatus app) {
        return "| " + Markdown.cell(app.name()) + " | " + StatusText.word(app.sync()) + " | "
                + StatusText.word(app.health()) + " | " + StatusText.instances(app) + " | "
                + (app.lock() == null ? "" : Markdown.cell(app.lock().hostname())) + " | "
                + (app.commit() == null ? "" : Markdown.cell(Counts.shortCommit(app.commit()))) + " | "
                + (app.image() == null ? "" : Markdown.cell(StatusText.image(app.image()))) + " |";
    }
}
