package dev.holdfast.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.holdfast.engine.EngineAddress;
import dev.holdfast.engine.EngineException;
import dev.holdfast.engine.EngineVersion;
import dev.holdfast.report.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@CommandLine.Command(
        name = "version",
        description = "Shows version, commit and Java, and the engine's version where it can be reached.",
        footer = {
            "",
            "Example:",
            "  holdfast version --docker-host tcp://manager-1:2375",
        })
final class VersionCommand extends Command {

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(
            names = "--docker-host",
            paramLabel = "HOST",
            description = "An engine. Default: DOCKER_HOST, else the docker context, else unix:///var/run/docker.sock.")
    private @Nullable String dockerHost;

    VersionCommand(Backend backend, Terminal terminal) {
        super(backend, terminal);
    }

    @Override
    public Integer call() {
        var build = Build.ofThis();
        var java = System.getProperty("java.version", "unknown");
        var host = SourceOptions.engine(dockerHost, null, System.getenv());
        var engine = engine(host);
        if (output.format() == OutputOptions.Format.json) {
            var json = JsonNodeFactory.instance.objectNode().put("format", 1).put("version", build.version());
            if (build.commit() != null) {
                json.put("commit", build.commit());
            }
            json.put("java", java);
            if (engine != null) {
                json.putObject("engine").put("version", engine.engine()).put("api", engine.api());
            }
            terminal.print(Json.print(json));
        } else {
            terminal.print("holdfast " + build.version() + "\n" + "commit   "
                    + (build.commit() == null ? "unknown" : build.commit()) + "\n" + "java     " + java + "\n"
                    + "engine   "
                    + (engine == null ? "none at " + host : engine.engine() + ", API " + engine.api()) + "\n");
        }
        return Exit.DONE;
    }

    private @Nullable EngineVersion engine(EngineAddress host) {
        try {
            return backend.engine(host);
        } catch (EngineException unreachable) {
            return null;
        }
    }
}
