package dev.holdfast.report;

import dev.holdfast.plan.AppStatus;
import dev.holdfast.plan.ScheduledRuns;
import dev.holdfast.spec.Redaction;
import dev.holdfast.value.ImageReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Every app on a line, for a terminal; errors below their app.
public final class StatusText {

    private static final List<String> HEAD = List.of("APP", "SYNC", "HEALTH", "RUNNING", "NODE", "COMMIT", "IMAGE");

    private StatusText() {}

    public static String of(List<AppStatus> apps, Style style) {
        if (apps.isEmpty()) {
            return "No apps.\n";
        }
        var rows = new ArrayList<List<String>>();
        rows.add(HEAD);
        apps.forEach(app -> rows.add(row(app)));
        var widths = new int[HEAD.size()];
        for (var row : rows) {
            for (var i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        var out = new Lines().add(style.bold(join(HEAD, widths, null, Style.PLAIN)));
        for (var app : apps) {
            out.add(join(row(app), widths, app, style));
            if (app.error() != null) {
                out.indented("    ", Redaction.text(app.error()));
            }
            if (app.schedule() != null) {
                out.add("    " + schedule(app.schedule()));
            }
            app.warnings()
                    .forEach(warning -> out.add("    warning: " + HarmlessText.line(warning.message()) + " ("
                            + warning.code().word() + ")"));
        }
        return out.toString();
    }

    private static List<String> row(AppStatus app) {
        return List.of(
                HarmlessText.line(app.name()),
                word(app.sync()),
                word(app.health()),
                instances(app),
                app.lock() == null ? "-" : HarmlessText.line(app.lock().hostname()),
                app.commit() == null ? "-" : Counts.shortCommit(app.commit()),
                app.image() == null ? "-" : image(app.image()));
    }

    private static String join(
            List<String> row, int[] widths, @org.jspecify.annotations.Nullable AppStatus app, Style style) {
        var line = new StringBuilder();
        for (var i = 0; i < widths.length; i++) {
            var cell = row.get(i) + " ".repeat(widths[i] - row.get(i).length());
            line.append(app == null ? cell : coloured(i, cell, app, style)).append("  ");
        }
        return line.toString();
    }

    private static String coloured(int column, String cell, AppStatus app, Style style) {
        return switch (column) {
            case 1 ->
                switch (app.sync()) {
                    case SYNCED -> style.green(cell);
                    case FAILED -> style.red(cell);
                    case DRIFTED, PENDING, HELD -> style.yellow(cell);
                };
            case 2 ->
                switch (app.health()) {
                    case HEALTHY, COMPLETED -> style.green(cell);
                    case DEGRADED -> style.red(cell);
                    case STRANDED, PROGRESSING -> style.yellow(cell);
                    case STOPPED -> cell;
                };
            default -> cell;
        };
    }

    /// When it runs next, and how it has run last: a failed run is told as a warning.
    static String schedule(AppStatus.Scheduled schedule) {
        var last = schedule.runs().isEmpty()
                ? "no run so far"
                : ScheduledRuns.words(schedule.runs().getFirst());
        return HarmlessText.line("schedule " + schedule.cron() + " (" + schedule.timeZone() + "): "
                + (schedule.next() == null ? "no runs, since replicas is 0" : "next " + schedule.next()) + "; "
                + Redaction.text(last));
    }

    /// What still runs of an earlier spec is counted by itself.
    static String instances(AppStatus app) {
        return app.running() + "/" + app.desired() + (app.old() == 0 ? "" : " + " + app.old() + " old");
    }

    /// The tag is for people; a digest would fill the line.
    static String image(String full) {
        var name = HarmlessText.line(full);
        var image = ImageReference.of(name);
        return image.tag().isEmpty() ? name : image.withoutDigest().toString();
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
