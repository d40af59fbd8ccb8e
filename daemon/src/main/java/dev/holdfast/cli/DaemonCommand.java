package dev.holdfast.cli;

import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Option;

@CommandLine.Command(
        name = "daemon",
        description = "Runs the scheduled reconciler; systemd runs this.",
        footer = {
            "",
            "Example:",
            "  holdfast daemon --config /etc/holdfast/daemon.yaml",
        })
final class DaemonCommand extends Command {

    @Option(names = "--config", paramLabel = "FILE", description = "The settings. Default: /etc/holdfast/daemon.yaml.")
    private Path config = SourceOptions.DEFAULT_CONFIG;

    DaemonCommand(Backend backend, Terminal terminal) {
        super(backend, terminal);
    }

    @Override
    public Integer call() throws InterruptedException {
        LogSettings.forDaemon();
        return backend.daemon(config);
    }
}
