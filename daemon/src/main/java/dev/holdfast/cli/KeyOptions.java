package dev.holdfast.cli;

import dev.holdfast.sops.KeyPlaces;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which keys open the files that SOPS has encrypted: by options, or by the variables that sops itself knows.
final class KeyOptions {

    @Option(
            names = "--age-key-file",
            paramLabel = "FILE",
            description =
                    "Keys of age that open files encrypted with SOPS. Default: SOPS_AGE_KEY_FILE, SOPS_AGE_KEY, or the"
                            + " settings'.")
    private @Nullable Path ageKeyFile;

    @Option(
            names = "--pgp-key-file",
            paramLabel = "FILE",
            description = "The same for PGP, as gpg --export-secret-keys --armor writes it.")
    private @Nullable Path pgpKeyFile;

    @Option(names = "--pgp-passphrase-file", paramLabel = "FILE", description = "Holds the passphrase of that key.")
    private @Nullable Path passphraseFile;

    /// @param configured what the daemon's settings say
    KeyPlaces places(KeyPlaces configured) {
        return places(configured, System.getenv());
    }

    KeyPlaces places(KeyPlaces configured, Map<String, String> environment) {
        var file = environment.getOrDefault("SOPS_AGE_KEY_FILE", "");
        var keys = environment.getOrDefault("SOPS_AGE_KEY", "");
        var asked = new KeyPlaces(
                ageKeyFile == null && !file.isBlank() ? Path.of(file) : ageKeyFile,
                ageKeyFile == null && !keys.isBlank() ? keys : null,
                pgpKeyFile,
                passphraseFile);
        return asked.isEmpty() ? configured : asked;
    }
}
