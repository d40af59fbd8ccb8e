package dev.holdfast.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command with its commands.
@CommandLine.Command(
        name = "holdfast",
        description = "Keeps a Docker Swarm the way a Git repository says it should be, and never lets go of"
                + " anybody's data.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes: 0 done, 1 an error or a failed app, 2 changes (with --detailed-exitcode),",
            "3 something is held, 64 wrong usage.",
            "",
            "Example:",
            "  holdfast plan --repo .",
        })
final class Holdfast implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    private boolean help;

    /// @param debug whether failures show where they happened
    static CommandLine commandLine(Backend backend, Terminal terminal, boolean debug) {
        var failures = new Failures(terminal, debug);
        var orphans = new CommandLine(new OrphansCommand(backend, terminal))
                .addSubcommand(new ForgetCommand(backend, terminal));
        var imports = new CommandLine(new ImportCommand(backend, terminal))
                .addSubcommand(new ImportCapRoverCommand(backend, terminal))
                .addSubcommand(new ImportComposeCommand(backend, terminal))
                .addSubcommand(new ImportLiveCommand(backend, terminal));
        var line = new CommandLine(new Holdfast())
                .addSubcommand(new ValidateCommand(backend, terminal))
                .addSubcommand(new DiffCommand(backend, terminal))
                .addSubcommand(new PlanCommand(backend, terminal))
                .addSubcommand(new ApplyCommand(backend, terminal))
                .addSubcommand(new StatusCommand(backend, terminal))
                .addSubcommand(new RunCommand(backend, terminal))
                .addSubcommand(orphans)
                .addSubcommand(imports)
                .addSubcommand(new CommentCommand(backend, terminal))
                .addSubcommand(new SurveyCommand(backend, terminal))
                .addSubcommand(new DaemonCommand(backend, terminal))
                .addSubcommand(new SchemaCommand(backend, terminal))
                .addSubcommand(new VersionCommand(backend, terminal))
                .addSubcommand(new RehearseCommand(backend, terminal));
        return line.setOut(terminal.out())
                .setErr(terminal.err())
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        terminal.colourOut() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(100)
                .setParameterExceptionHandler((e, args) -> failures.of(e))
                .setExecutionExceptionHandler((e, command, result) -> failures.of(e, command));
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "say a command: validate, diff, plan, apply, status, run, orphans, …");
    }
}
