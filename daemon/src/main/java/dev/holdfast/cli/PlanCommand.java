package dev.holdfast.cli;

import dev.holdfast.report.Json;
import dev.holdfast.report.PlanMarkdown;
import dev.holdfast.report.PlanText;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@CommandLine.Command(
        name = "plan",
        description = "Compares the repository with the live Swarm. Changes nothing.",
        footer = {
            "",
            "Example:",
            "  holdfast plan --repo . --docker-host unix:///var/run/docker.sock",
        })
final class PlanCommand extends Command {

    @Mixin
    private SourceOptions source = new SourceOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(names = "--detailed-exitcode", description = "Exit with 2 where there are changes.")
    private boolean detailed;

    PlanCommand(Backend backend, Terminal terminal) {
        super(backend, terminal);
    }

    @Override
    public Integer call() {
        var format = output.format();
        try (var session = backend.open(source.options(backend))) {
            var planned = session.plan();
            var plan = planned.plan();
            var problems = planned.desired().problems();
            switch (format) {
                case json -> {
                    var json = Json.plan(plan);
                    Json.addProblems(json, problems);
                    terminal.print(Json.print(json));
                }
                case markdown -> terminal.print(PlanMarkdown.of(plan, problems));
                default -> {
                    Complaints.of(problems, terminal);
                    terminal.print(PlanText.of(plan, terminal.outStyle()));
                }
            }
            return Exit.of(planned.desired(), plan, detailed);
        }
    }
}
