package dev.holdfast.cli;

import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "schema",
        description = "Prints the JSON Schema of a file or of a command's JSON.",
        footer = {
            "",
            "Example:",
            "  holdfast schema app > schema/app.schema.json",
        })
final class SchemaCommand extends Command {

    @Parameters(
            paramLabel = "NAME",
            arity = "0..1",
            defaultValue = "app",
            description = "app (the default), repository, daemon, or for -o json: validate, plan, apply, status,"
                    + " orphans, survey, import.")
    private String name = "app";

    SchemaCommand(Backend backend, Terminal terminal) {
        super(backend, terminal);
    }

    @Override
    public Integer call() {
        terminal.print(backend.schema(name));
        return Exit.DONE;
    }
}
