package dev.holdfast.cli;

import dev.holdfast.plan.ScheduledRuns;
import dev.holdfast.report.HarmlessText;
import dev.holdfast.spec.Redaction;
import dev.holdfast.spec.RunsLabel.Result;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "run",
        description = "Runs an app that has a schedule once, now, and waits until it has ended.",
        footer = {
            "",
            "Example:",
            "  holdfast run backup",
        })
final class RunCommand extends Command {

    @Parameters(paramLabel = "APP", description = "The app, as its file calls it.")
    private String app = "";

    @Mixin
    private SourceOptions source = new SourceOptions();

    RunCommand(Backend backend, Terminal terminal) {
        super(backend, terminal);
    }

    @Override
    public Integer call() throws InterruptedException {
        try (var session = backend.open(source.options(backend))) {
            var ended = session.run(app, ProgressLines.on(terminal));
            terminal.print(app + ": " + Redaction.text(ScheduledRuns.words(ended.run())) + "\n");
            ended.lastWords().forEach(line -> terminal.print("    | " + HarmlessText.line(line) + "\n"));
            return ended.run().result() == Result.SUCCEEDED ? Exit.DONE : Exit.ERROR;
        }
    }
}
