package dev.holdfast.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@CommandLine.Command(
        name = "import",
        description = "Writes app files for what others have made: a Compose file, a CapRover template, or services"
                + " that run.",
        synopsisSubcommandLabel = "compose|caprover|live",
        footer = {
            "",
            "What an app file cannot say, or says in another way, is told on standard error,",
            "a line each. Exit code 3: a file needs a decision before it can be applied.",
            "",
            "Examples:",
            "  holdfast import live shop_db shop_web",
            "  holdfast import compose compose.yaml --name shop",
            "  holdfast import caprover wordpress.yml --app blog --ingress traefik",
        })
final class ImportCommand extends Command {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    ImportCommand(Backend backend, Terminal terminal) {
        super(backend, terminal);
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "say what to import: compose, caprover or live");
    }
}
