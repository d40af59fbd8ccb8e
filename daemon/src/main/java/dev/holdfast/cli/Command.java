package dev.holdfast.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Option;

/// What every command has: `--help`, something to do the work, and a place to write to. Returns an exit code.
abstract class Command implements Callable<Integer> {

    final Backend backend;
    final Terminal terminal;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    private boolean help;

    Command(Backend backend, Terminal terminal) {
        this.backend = backend;
        this.terminal = terminal;
    }

    @Override
    public abstract Integer call() throws InterruptedException;
}
