package dev.holdfast.cli;

import dev.holdfast.report.HarmlessText;
import dev.holdfast.report.Json;
import dev.holdfast.report.OrphanMarkdown;
import dev.holdfast.report.OrphanText;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@CommandLine.Command(
        name = "orphans",
        description = "Lists volumes and host directories that no app owns any more. Never deletes one.",
        footer = {
            "",
            "Examples:",
            "  holdfast orphans --size",
            "  holdfast orphans forget volume old-data worker-1",
        })
final class OrphansCommand extends Command {

    @Mixin
    private SourceOptions source = new SourceOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(names = "--no-survey", description = "Do not look at the nodes' disks; say what is known.")
    private boolean noSurvey;

    @Option(names = "--all", description = "List volumes too that no service uses and Holdfast never made.")
    private boolean all;

    @Option(names = "--size", description = "Measure how large they are, which may take a while.")
    private boolean size;

    OrphansCommand(Backend backend, Terminal terminal) {
        super(backend, terminal);
    }

    SourceOptions source() {
        return source;
    }

    @Override
    public Integer call() throws InterruptedException {
        var format = output.format();
        if (noSurvey && (all || size)) {
            throw new UsageException("--all and --size need a look at the nodes' disks, which --no-survey forbids");
        }
        try (var session = backend.open(source.options(backend))) {
            var found = session.orphans(!noSurvey, all, size, ProgressLines.on(terminal));
            found.warnings().forEach(warning -> terminal.say("warning: " + HarmlessText.line(warning.message())));
            terminal.print(
                    switch (format) {
                        case json -> Json.print(Json.orphans(found.orphans(), found.ignored(), found.warnings()));
                        case markdown -> OrphanMarkdown.of(found.orphans(), found.ignored());
                        default -> OrphanText.of(found.orphans(), found.ignored(), terminal.outStyle());
                    });
            return Exit.DONE;
        }
    }
}
