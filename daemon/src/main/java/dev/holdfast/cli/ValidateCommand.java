package dev.holdfast.cli;

import dev.holdfast.app.ClusterProblems;
import dev.holdfast.app.Desired;
import dev.holdfast.git.RepositoryLocation;
import dev.holdfast.report.Json;
import dev.holdfast.report.ProblemJunit;
import dev.holdfast.report.ProblemMarkdown;
import dev.holdfast.report.ProblemSarif;
import dev.holdfast.report.ProblemText;
import dev.holdfast.yaml.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "validate",
        description = "Checks a checkout of a config repository, offline.",
        footer = {
            "",
            "Besides text, json and markdown: -o github (annotations of workflows; Gitea and Forgejo",
            "read them too), -o sarif (code scanning), -o junit (GitLab's and Jenkins' test reports).",
            "",
            "Example, in a workflow of GitHub, Gitea or Forgejo:",
            "  holdfast validate . -o github",
        })
final class ValidateCommand extends Command {

    @Parameters(
            paramLabel = "DIR",
            arity = "0..1",
            defaultValue = ".",
            description = "The folder that holds holdfast.yaml and apps/. Default: the current one.")
    private Path directory = Path.of(".");

    @Mixin
    private ReadingOptions reading = new ReadingOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    ValidateCommand(Backend backend, Terminal terminal) {
        super(backend, terminal);
    }

    @Override
    public Integer call() {
        var clusters = backend.read(new RepositoryLocation.Local(directory, null, "."), reading.options());
        var problems = ClusterProblems.of(clusters);
        var apps = (int) clusters.stream()
                .flatMap(desired -> Stream.concat(
                        desired.apps().stream().map(app -> app.app().name()), desired.broken().stream()))
                .distinct()
                .count();
        switch (output.formatOfProblems()) {
            case text -> {
                terminal.print(ProblemText.of(problems, terminal.outStyle()));
                terminal.say(ProblemText.summary(apps, problems) + ".");
            }
            case json -> terminal.print(Json.print(Json.problems(problems)));
            case markdown -> terminal.print(ProblemMarkdown.of(problems));
            case github -> {
                terminal.print(ProblemText.github(problems));
                terminal.say(ProblemText.summary(apps, problems) + ".");
            }
            case sarif -> terminal.print(Json.print(ProblemSarif.of(problems)));
            case junit -> terminal.print(ProblemJunit.of(files(clusters, problems), problems));
        }
        return Exit.ofProblems(problems);
    }

    /// All files that were read, as far as they say anything.
    private static SortedSet<String> files(List<Desired> clusters, List<Problem> problems) {
        var files = new TreeSet<String>();
        clusters.forEach(desired -> desired.apps().forEach(app -> files.add(app.file())));
        problems.forEach(problem -> files.add(problem.file()));
        return files;
    }
}
