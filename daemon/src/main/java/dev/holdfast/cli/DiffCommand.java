package dev.holdfast.cli;

import dev.holdfast.git.Credentials;
import dev.holdfast.git.RepositoryLocation;
import dev.holdfast.plan.Difference;
import dev.holdfast.report.DiffText;
import dev.holdfast.report.Json;
import dev.holdfast.report.PlanMarkdown;
import dev.holdfast.run.RunRefused;
import dev.holdfast.sops.KeyPlaces;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "diff",
        description = "Says what the change between two commits means for apps and their data, offline.",
        footer = {
            "",
            "Examples:",
            "  holdfast diff HEAD                      # what is not committed yet",
            "  holdfast diff main...my-branch -o markdown",
        })
final class DiffCommand extends Command {

    @Parameters(
            index = "0",
            paramLabel = "BASE",
            description = "Branch, tag or commit. A...B compares B with where it left A, as a pull request does.")
    private String base = "";

    @Parameters(
            index = "1",
            paramLabel = "HEAD",
            arity = "0..1",
            description = "Branch, tag or commit. Default: the directory as it is.")
    private @Nullable String head;

    @Option(
            names = "--repo",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "The repository. Default: the current directory.")
    private String repo = ".";

    @Option(names = "--path", paramLabel = "DIR", description = "The folder in --repo that holds apps/.")
    private @Nullable String path;

    @Option(names = "--detailed-exitcode", description = "Exit with 2 where there are changes.")
    private boolean detailed;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private KeyOptions keys = new KeyOptions();

    DiffCommand(Backend backend, Terminal terminal) {
        super(backend, terminal);
    }

    @Override
    public Integer call() {
        var format = output.format();
        var location = RepositoryLocation.parse(repo, null, path, Credentials.NONE, null);
        try {
            return print(backend.compare(location, base, head, keys.places(KeyPlaces.NONE)), format);
        } catch (RunRefused refused) {
            return Refusals.print(refused, format, terminal);
        }
    }

    private int print(Difference difference, OutputOptions.Format format) {
        switch (format) {
            case json -> terminal.print(Json.print(Json.diff(difference)));
            case markdown -> terminal.print(PlanMarkdown.of(difference));
            default -> terminal.print(DiffText.of(difference, terminal.outStyle()));
        }
        return Exit.of(difference, detailed);
    }
}
