package dev.holdfast.cli;

import dev.holdfast.report.Json;
import dev.holdfast.report.OutcomeText;
import dev.holdfast.report.PlanMarkdown;
import dev.holdfast.report.PlanText;
import dev.holdfast.run.SavedPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "apply",
        description = "Makes the Swarm what the repository says, waits until it has converged, and reports.",
        footer = {
            "",
            "Examples:",
            "  holdfast apply --repo https://git.example.com/infra/apps.git --ref main",
            "  holdfast apply --retry web",
            "  holdfast apply --repo . --ref main plan.json",
        })
final class ApplyCommand extends Command {

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description =
                    "A plan that `plan --out` saved: it is applied as it is, or, where the commit or a service has"
                            + " moved on since, not at all.")
    private @Nullable Path saved;

    @Mixin
    private SourceOptions source = new SourceOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(names = "--retry", paramLabel = "APP", description = "Try this app again, which failed. May be repeated.")
    private List<String> retry = List.of();

    @Option(
            names = "--allow-removals",
            description = "Remove apps even where the repository's brake (brakes.max_removals) would hold them.")
    private boolean allowRemovals;

    @Option(
            names = "--take-over",
            description = "Follow this repository from now on, though the Swarm has followed another one.")
    private boolean takeOver;

    ApplyCommand(Backend backend, Terminal terminal) {
        super(backend, terminal);
    }

    @Override
    public Integer call() throws InterruptedException {
        var format = output.format();
        try (var session = backend.open(source.options(backend, Set.copyOf(retry), allowRemovals, takeOver))) {
            var plannedBefore = saved == null ? null : SavedPlan.read(saved);
            var applied = session.apply(plannedBefore, ProgressLines.on(terminal));
            var plan = applied.planned().plan();
            var desired = applied.planned().desired();
            var outcomes = applied.outcomes();
            switch (format) {
                case json -> {
                    var json = Json.apply(plan, outcomes);
                    Json.addProblems(json, desired.problems());
                    terminal.print(Json.print(json));
                }
                case markdown -> terminal.print(PlanMarkdown.of(plan, desired.problems(), outcomes));
                default -> {
                    Complaints.of(desired.problems(), terminal);
                    terminal.print(PlanText.of(plan, terminal.outStyle()) + "\n"
                            + OutcomeText.of(outcomes, terminal.outStyle()));
                }
            }
            return Exit.of(desired, plan, outcomes);
        }
    }
}
