package dev.holdfast.cli;

import dev.holdfast.report.Json;
import dev.holdfast.report.SurveyText;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@CommandLine.Command(
        name = "survey",
        description = "Looks at every node's volumes and bind directories now.",
        footer = {
            "",
            "Example:",
            "  holdfast survey --size",
        })
final class SurveyCommand extends Command {

    @Mixin
    private SourceOptions source = new SourceOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(names = "--size", description = "Measure how large they are, which may take a while.")
    private boolean size;

    SurveyCommand(Backend backend, Terminal terminal) {
        super(backend, terminal);
    }

    @Override
    public Integer call() throws InterruptedException {
        var format = output.format();
        if (format == OutputOptions.Format.markdown) {
            throw new UsageException("survey writes text or json");
        }
        try (var session = backend.open(source.options(backend))) {
            var surveyed = session.survey(size, ProgressLines.on(terminal));
            terminal.print(
                    format == OutputOptions.Format.json
                            ? Json.print(Json.survey(surveyed.survey(), surveyed.nodes()))
                            : SurveyText.of(surveyed.survey(), surveyed.nodes(), terminal.outStyle()));
            return surveyed.survey().problem() == null ? Exit.DONE : Exit.ERROR;
        }
    }
}
