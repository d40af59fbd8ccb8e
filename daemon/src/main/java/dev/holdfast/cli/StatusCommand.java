package dev.holdfast.cli;

import dev.holdfast.report.Json;
import dev.holdfast.report.StatusMarkdown;
import dev.holdfast.report.StatusText;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

@CommandLine.Command(
        name = "status",
        description = "Shows every app: sync, health, node, image, last commit, last error.",
        footer = {
            "",
            "Example:",
            "  holdfast status -o json",
        })
final class StatusCommand extends Command {

    @Mixin
    private SourceOptions source = new SourceOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    StatusCommand(Backend backend, Terminal terminal) {
        super(backend, terminal);
    }

    @Override
    public Integer call() {
        var format = output.format();
        try (var session = backend.open(source.options(backend))) {
            var status = session.status();
            terminal.print(
                    switch (format) {
                        case json -> Json.print(Json.status(status.cluster(), status.commit(), status.apps()));
                        case markdown -> StatusMarkdown.of(status.apps());
                        default -> StatusText.of(status.apps(), terminal.outStyle());
                    });
            return Exit.of(status.apps());
        }
    }
}
