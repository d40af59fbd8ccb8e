package dev.holdfast.report;

import dev.holdfast.ledger.Claim;
import dev.holdfast.plan.Change;
import dev.holdfast.plan.Created;
import dev.holdfast.plan.Dependents;
import dev.holdfast.plan.Hold;
import dev.holdfast.plan.Plan;
import dev.holdfast.plan.Prospect;
import dev.holdfast.plan.Replacement;
import dev.holdfast.plan.SupposedSwarm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Every app of a plan in one row, and what is new in another table.
final class PlanTable {

    private static final int NAMES_IN_A_LINE = 100;
    private static final String DASHES = "|---|---|---|---|---|";
    private static final Replacing WORDS = new Replacing(text -> "**" + text + "**", Markdown::cell);

    private final Plan plan;
    private final Map<String, Replacement> replacements;
    private final List<String> failing;

    private PlanTable(Plan plan) {
        this.plan = plan;
        this.replacements = Replacement.of(plan);
        this.failing = Prospect.of(plan, List.of()).fails();
    }

    static void write(MarkdownParts document, Plan plan) {
        var table = new PlanTable(plan);
        document.list(
                new Lines().add("| app | change | tasks | if it fails | data |").add(DASHES), table.rows());
        document.section(table.words());
        table.created(document);
        table.around(document);
    }

    private List<String> rows() {
        var changed = services()
                .map(change -> "| " + Markdown.cell(change.name()) + " | "
                        + Counts.word(plan, change) + cause(change) + " | " + tasks(change) + depends(change.app())
                        + " | " + fails(change) + " | " + data(change)
                        + " |");
        var open = plan.open().stream()
                .map(app -> "| " + Markdown.cell(app) + " | unchanged | go on" + depends(app) + " | | |");
        var held = plan.holds().stream()
                .map(Hold::app)
                .distinct()
                .filter(app ->
                        plan.changes().stream().noneMatch(change -> change.app().equals(app)))
                .map(app -> "| " + Markdown.cell(app) + " | held | go on | | |");
        var late = HookText.late(plan).stream()
                .map(run -> "| " + Markdown.cell(run.app()) + " | unchanged | " + Markdown.cell(HookText.late(run))
                        + " | | |");
        return Stream.of(changed, open, held, late).flatMap(rows -> rows).toList();
    }

    /// What cannot be known is no fact: the row says what hangs on it.
    private String depends(String app) {
        return plan.depends(app).stream()
                .map(depends -> "; " + Markdown.text(depends).replace("|", "\\|"))
                .collect(Collectors.joining());
    }

    /// Beside a removal, why no file declares the app any more; beside an update, that it is the tag that has
    /// moved.
    private String cause(Change change) {
        var cause = switch (change) {
            case Change.RemoveService remove -> plan.causes().get(remove.app());
            case Change.UpdateService update -> plan.movedTags().get(update.app());
            default -> null;
        };
        return cause == null ? "" : ": " + Markdown.text(cause).replace("|", "\\|");
    }

    private Stream<Change> services() {
        return plan.changes().stream().filter(change -> change.kind() == Change.Kind.SERVICE);
    }

    private String tasks(Change change) {
        if (change instanceof Change.ScaleService scale) {
            return scale.starts() ? "start again" : "stop, as their node is down";
        }
        var replacement = replacements.get(change.app());
        var hooks = change instanceof Change.RemoveService
                ? ""
                : HookText.of(plan, change.app()).stream()
                        .map(line -> Markdown.cell(line) + "; ")
                        .collect(Collectors.joining());
        return hooks
                + (replacement == null ? "" : WORDS.tasks(replacement))
                + (failing.contains(change.app()) ? "; **does not converge**, see the warning" : "");
    }

    private String fails(Change change) {
        var replacement = replacements.get(change.app());
        return replacement == null ? "" : WORDS.fails(replacement, Dependents.of(plan, change.app()));
    }

    private static String data(Change change) {
        var claims = switch (change) {
            case Change.CreateService create -> create.claims();
            case Change.RemoveService remove -> remove.claims();
            case Change.UpdateService update -> update.claims();
            default -> List.<Claim>of();
        };
        if (claims.isEmpty()) {
            return "";
        }
        var names = claims.stream().map(claim -> Markdown.cell(claim.name())).collect(Collectors.joining(", "));
        var node = claims.getFirst().hostname();
        return names + " on " + (node.equals(SupposedSwarm.SOMEWHERE) ? node : Markdown.cell(node));
    }

    /// What the words of the table mean, once for all rows.
    private Lines words() {
        var words = new ArrayList<String>();
        if (replacements.values().stream().anyMatch(Replacement::hasGap)) {
            words.add("A gap: no instance runs from the end of the old one until the new one is up.");
        }
        if (replacements.values().stream().anyMatch(replacement -> replacement.watched() != null)) {
            words.add("Watched: if a new instance fails so soon after it is up, the new version has failed; its old"
                    + " instance is gone by then, and missing until Swarm has put things right.");
        }
        if (!words.isEmpty()) {
            words.add("Up: healthy where it has a health check, else just running.");
        }
        return words.isEmpty() ? new Lines() : new Lines().add("<sub>" + String.join(" ", words) + "</sub>");
    }

    private void created(MarkdownParts document) {
        var rows = services()
                .filter(Change.CreateService.class::isInstance)
                .map(change -> created(change.app(), Created.of((Change.CreateService) change)))
                .toList();
        document.list(
                new Lines()
                        .add("<details><summary>What is new: " + Counts.some(rows.size(), "app") + "</summary>")
                        .gap()
                        .add("| app | image | instances | ports | networks | data | placement | secrets, configs |")
                        .add("|---|---|---|---|---|---|---|---|"),
                rows,
                "\n</details>");
    }

    private static String created(String app, Created created) {
        return "| "
                + String.join(
                        " | ",
                        Markdown.cell(app),
                        cells(List.of(created.image())),
                        Counts.instances(created),
                        cells(created.ports()),
                        cells(created.networks()),
                        cells(created.data()),
                        cells(created.placement()),
                        cells(created.files()))
                + " |";
    }

    private static String cells(List<String> values) {
        return values.stream()
                .filter(value -> !value.isEmpty())
                .map(Markdown::cell)
                .collect(Collectors.joining(", "));
    }

    private void around(MarkdownParts document) {
        var names = plan.changes().stream()
                .filter(change -> change.kind() != Change.Kind.SERVICE)
                .map(change -> change.action().word() + " " + change.kind().word() + " " + Markdown.code(change.name()))
                .toList();
        for (var from = 0; from < names.size(); from += NAMES_IN_A_LINE) {
            var some = names.subList(from, Math.min(from + NAMES_IN_A_LINE, names.size()));
            document.section(new Lines().add("Around them: " + String.join(", ", some) + "."));
        }
    }
}
