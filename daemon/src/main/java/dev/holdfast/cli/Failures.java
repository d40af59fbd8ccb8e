package dev.holdfast.cli;

import dev.holdfast.engine.EngineException;
import dev.holdfast.engine.NoSuchAddress;
import dev.holdfast.forge.ForgeRefused;
import dev.holdfast.git.GitFailure;
import dev.holdfast.ledger.LedgerMoved;
import dev.holdfast.ledger.LedgerUnusable;
import dev.holdfast.lock.LockTaken;
import dev.holdfast.migrate.NotImportable;
import dev.holdfast.report.HarmlessText;
import dev.holdfast.run.LostLock;
import dev.holdfast.run.RunRefused;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// Turns what went wrong into a line for people and an exit code. A stack trace is only for those who ask for it.
final class Failures {

    static final String DEBUG = "HOLDFAST_DEBUG";

    private final Terminal terminal;
    private final boolean debug;

    Failures(Terminal terminal, boolean debug) {
        this.terminal = terminal;
        this.debug = debug;
    }

    int of(Exception e, CommandLine command) {
        if (debug) {
            e.printStackTrace(terminal.err());
        }
        var message = e.getMessage() == null ? e.getClass().getSimpleName() : HarmlessText.line(e.getMessage());
        switch (e) {
            case UsageException usage -> {
                HarmlessText.lines(String.valueOf(usage.getMessage()))
                        .forEach(line -> terminal.say("holdfast: " + line));
                terminal.say("See: " + command.getCommandSpec().qualifiedName() + " --help");
                return Exit.USAGE;
            }
            case EngineException engine -> terminal.say("holdfast: " + message);
            case GitFailure git -> terminal.say("holdfast: " + message);
            case RunRefused refused -> {
                if (refused.desired() != null) {
                    refused.desired()
                            .problems()
                            .forEach(problem -> terminal.say(HarmlessText.line(problem.toString())));
                }
                terminal.say("holdfast: " + message);
            }
            case NotImportable refused ->
                refused.problems().forEach(problem -> terminal.say("holdfast: " + HarmlessText.line(problem)));
            case ForgeRefused forge -> terminal.say("holdfast: " + message);
            case LedgerUnusable ledger -> terminal.say("holdfast: " + message);
            case LedgerMoved moved -> terminal.say("holdfast: " + message);
            case LockTaken taken -> terminal.say("holdfast: " + message);
            case LostLock lost -> terminal.say("holdfast: " + message);
            case InterruptedException stopped -> terminal.say("holdfast: stopped");
            case UncheckedIOException io -> terminal.say("holdfast: " + message);
            case NoSuchAddress host -> {
                terminal.say("holdfast: " + message);
                return Exit.USAGE;
            }
            default -> {
                terminal.say("holdfast: " + e.getClass().getSimpleName() + ": " + message);
                terminal.say("This is a bug. Please report it; " + DEBUG + "=1 shows where it happened.");
            }
        }
        return Exit.ERROR;
    }

    int of(ParameterException e) {
        var command = e.getCommandLine();
        terminal.say("holdfast: " + HarmlessText.line(String.valueOf(e.getMessage())));
        CommandLine.UnmatchedArgumentException.printSuggestions(e, terminal.err());
        terminal.say("See: " + command.getCommandSpec().qualifiedName() + " --help");
        return Exit.USAGE;
    }
}
