package dev.holdfast.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "rehearse",
        hidden = true,
        description = "Runs what a start needs once, without a Swarm, so that the build can note it for later starts.",
        footer = {
            "",
            "Example:",
            "  holdfast rehearse src/build/rehearsal",
        })
final class RehearseCommand extends Command {

    private static final String NO_ENGINE = "unix:///nonexistent/docker.sock";

    @Parameters(paramLabel = "DIR", description = "A small config repository.")
    private Path directory = Path.of(".");

    RehearseCommand(Backend backend, Terminal terminal) {
        super(backend, terminal);
    }

    @Override
    public Integer call() {
        var nobody = new PrintWriter(Writer.nullWriter());
        var repo = directory.toString();
        var runs = List.of(
                List.of("--help"),
                List.of("version", "--docker-host", NO_ENGINE, "-o", "json"),
                List.of("validate", repo),
                List.of("validate", repo, "-o", "json"),
                List.of("schema", "app"),
                List.of("plan", "--repo", repo, "--docker-host", NO_ENGINE),
                List.of("status", "--repo", repo, "--docker-host", NO_ENGINE));
        for (var run : runs) {
            var code = Holdfast.commandLine(backend, Terminal.plain(nobody, nobody), false)
                    .execute(run.toArray(String[]::new));
            terminal.print(String.join(" ", run) + ": " + code + "\n");
        }
        return Exit.DONE;
    }
}
