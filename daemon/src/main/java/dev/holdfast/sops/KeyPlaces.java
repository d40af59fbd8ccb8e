package dev.holdfast.sops;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where the keys are that open encrypted files. They are read when a file is opened, so that a key that was exchanged
/// counts from then on.
///
/// @param ageKeys the keys themselves, from a variable
/// @param passphraseFile for the key in `pgpKeyFile`; null where it has none
public record KeyPlaces(
        @Nullable Path ageKeyFile,
        @Nullable String ageKeys,
        @Nullable Path pgpKeyFile,
        @Nullable Path passphraseFile) {

    public static final KeyPlaces NONE = new KeyPlaces(null, null, null, null);

    public boolean isEmpty() {
        return ageKeyFile == null && ageKeys == null && pgpKeyFile == null;
    }

    Optional<AgeKeys> age() {
        if (ageKeys != null) {
            var file = ageKeyFile == null ? "" : "\n" + text(ageKeyFile);
            return Optional.of(new AgeKeys(ageKeys + file, "SOPS_AGE_KEY"));
        }
        return ageKeyFile == null
                ? Optional.empty()
                : Optional.of(new AgeKeys(text(ageKeyFile), "the key file " + ageKeyFile));
    }

    Optional<PgpKeys> pgp() {
        if (pgpKeyFile == null) {
            return Optional.empty();
        }
        var passphrase = passphraseFile == null ? "" : text(passphraseFile).replaceFirst("\r?\n\\z", "");
        var keys = new PgpKeys(
                text(pgpKeyFile).getBytes(StandardCharsets.ISO_8859_1),
                "the key file " + pgpKeyFile,
                passphrase.toCharArray());
        if (!keys.isUnlocked()) {
            throw new KeysUnusable("the key file " + pgpKeyFile + " has a key with another passphrase than "
                    + (passphraseFile == null
                            ? "none: name it with pgp_passphrase_file"
                            : "the one in " + passphraseFile));
        }
        return Optional.of(keys);
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new KeysUnusable(
                    "the key file " + file + " cannot be read: " + e.getClass().getSimpleName());
        }
    }
}
