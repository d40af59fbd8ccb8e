package dev.holdfast.cli;

import dev.holdfast.git.Credentials;
import dev.holdfast.git.RepositoryLocation;
import dev.holdfast.plan.Difference;
import dev.holdfast.report.ClusterDiffs;
import dev.holdfast.report.DiffText;
import dev.holdfast.report.Json;
import dev.holdfast.report.PlanMarkdown;
import dev.holdfast.run.RunRefused;
import java.util.List;
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
            "",
            "Where the repository describes several clusters, it says which of them the change touches.",
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
    private ReadingOptions reading = new ReadingOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    DiffCommand(Backend backend, Terminal terminal) {
        super(backend, terminal);
    }

    @Override
    public Integer call() {
        var format = output.format();
        var location = RepositoryLocation.parse(repo, null, path, Credentials.NONE, null);
        try {
            return print(backend.compare(location, reading.options(), base, head), format);
        } catch (RunRefused refused) {
            return Refusals.print(refused, format, terminal);
        }
    }

    private int print(List<Difference> differences, OutputOptions.Format format) {
        if (differences.size() == 1) {
            return print(differences.getFirst(), format);
        }
        var all = new ClusterDiffs(differences);
        switch (format) {
            case json -> terminal.print(Json.print(all.json()));
            case markdown -> terminal.print(all.markdown());
            default -> terminal.print(all.text(terminal.outStyle()));
        }
        return Exit.of(differences, detailed);
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
