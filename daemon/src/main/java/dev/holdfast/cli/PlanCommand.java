package dev.holdfast.cli;

import dev.holdfast.report.Json;
import dev.holdfast.report.PlanMarkdown;
import dev.holdfast.report.PlanText;
import dev.holdfast.run.Reconciler;
import dev.holdfast.run.RunRefused;
import dev.holdfast.run.SavedPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
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

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "Also save the plan, for `holdfast apply FILE`. Only for a commit: say --ref with --repo DIR.")
    private @Nullable Path out;

    PlanCommand(Backend backend, Terminal terminal) {
        super(backend, terminal);
    }

    @Override
    public Integer call() throws InterruptedException {
        var format = output.format();
        try (var session = backend.open(source.options(backend))) {
            return print(session.plan(), format);
        } catch (RunRefused refused) {
            return Refusals.print(refused, format, terminal);
        }
    }

    private int print(Reconciler.Planned planned, OutputOptions.Format format) {
        var plan = planned.plan();
        var problems = planned.desired().problems();
        if (out != null) {
            save(SavedPlan.of(planned), out);
        }
        switch (format) {
            case json -> terminal.print(Json.print(Json.plan(plan, problems)));
            case markdown -> terminal.print(PlanMarkdown.of(plan, problems));
            default -> {
                Complaints.of(problems, terminal);
                terminal.print(PlanText.of(plan, problems, terminal.outStyle()));
            }
        }
        return Exit.of(planned.desired(), plan, detailed);
    }

    private static void save(SavedPlan plan, Path file) {
        try {
            Files.writeString(file, Json.print(plan.json()));
        } catch (IOException e) {
            throw new UncheckedIOException("the plan cannot be saved in " + file, e);
        }
    }
}
