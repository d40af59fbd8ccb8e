package dev.holdfast.cli;

import dev.holdfast.app.ReadOptions;
import dev.holdfast.sops.Decryption;
import dev.holdfast.sops.KeyPlaces;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// For whom the repository is read, for commands that know no Swarm. Without a key what is encrypted stays unknown.
final class ReadingOptions {

    static final String CLUSTER =
            "Which of the clusters that the repository describes: the NAME of its file clusters/NAME.yaml.";

    @Option(names = "--cluster", paramLabel = "NAME", description = CLUSTER + " Default: each of them.")
    private @Nullable String cluster;

    @Mixin
    private KeyOptions keys = new KeyOptions();

    ReadOptions options() {
        return new ReadOptions(cluster, Decryption.ifPossible(keys.places(KeyPlaces.NONE)));
    }
}
