package dev.holdfast.cli;

import dev.holdfast.migrate.LiveImport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "live",
        description = "Writes app files that take over running services as they are. Changes nothing in the Swarm.",
        footer = {
            "",
            "Names of services, volumes and networks stay as they are, those of CapRover and",
            "of stacks too.",
            "",
            "Example:",
            "  holdfast import live shop_db srv-captain--blog",
        })
final class ImportLiveCommand extends Command {

    @Parameters(
            paramLabel = "SERVICE",
            arity = "0..*",
            description = "Names of services. Default: all that Holdfast does not manage.")
    private List<String> services = new ArrayList<>();

    @Option(
            names = "--docker-host",
            paramLabel = "HOST",
            description = "A manager's engine. Default: DOCKER_HOST, else the docker context's or"
                    + " unix:///var/run/docker.sock.")
    private @Nullable String dockerHost;

    @Option(
            names = "--secrets",
            description = "Write the values of variables whose names say secret, too. Without it each becomes a"
                    + " variable of holdfast.yaml, and is listed.")
    private boolean secrets;

    @Mixin
    private ImportOptions options = new ImportOptions();

    ImportLiveCommand(Backend backend, Terminal terminal) {
        super(backend, terminal);
    }

    @Override
    public Integer call() {
        var live = backend.live(SourceOptions.engine(dockerHost, null, System.getenv()));
        return options.write(LiveImport.of(live, services, secrets), terminal);
    }
}
