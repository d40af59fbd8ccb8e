package dev.holdfast.cli;

import dev.holdfast.ledger.Claim;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "forget",
        description = "Strikes a claim from the ledger, and touches nothing else: the data stays where it is.",
        footer = {
            "",
            "Examples:",
            "  holdfast orphans forget volume old-data worker-1",
            "  holdfast orphans forget bind /srv/old/backups worker-2",
        })
final class ForgetCommand extends Command {

    @Mixin
    private SourceOptions source = new SourceOptions();

    @Parameters(index = "0", paramLabel = "KIND", description = "volume or bind")
    private String kind = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "The volume's name, or the host path.")
    private String name = "";

    @Parameters(index = "2", paramLabel = "NODE", description = "The node's hostname or ID.")
    private String node = "";

    ForgetCommand(Backend backend, Terminal terminal) {
        super(backend, terminal);
    }

    @Override
    public Integer call() throws InterruptedException {
        var which = Arrays.stream(Claim.Kind.values())
                .filter(each -> each.word().equals(kind.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new UsageException("KIND must be volume or bind (got \"" + kind + "\")"));
        try (var session = backend.open(source.options(backend))) {
            var what = which.word() + " " + name + " on " + node;
            if (!session.forget(which, name, node)) {
                terminal.say("holdfast: the ledger has no orphan " + what + "; `holdfast orphans` lists them");
                return Exit.ERROR;
            }
            terminal.print("Forgotten: " + what + ". Its data has not been touched.\n");
            return Exit.DONE;
        }
    }
}
