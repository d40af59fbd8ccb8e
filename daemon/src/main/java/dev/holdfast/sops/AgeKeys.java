package dev.holdfast.sops;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.framework.armor.ArmoredDecryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Private keys of age, as `age-keygen` writes them.
final class AgeKeys {

    private static final String IDENTITY = "AGE-SECRET-KEY-1";

    private final List<RecipientStanzaReader> readers = new ArrayList<>();

    /// @param text the lines of key files
    /// @throws KeysUnusable where there is no key in it, or one that is broken
    AgeKeys(String text, String where) {
        var number = 0;
        for (var line : text.split("\r?\n", -1)) {
            number++;
            var key = line.strip();
            if (key.startsWith(IDENTITY)) {
                try {
                    readers.add(X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(key));
                } catch (GeneralSecurityException | RuntimeException e) {
                    // Its message may have a part of the key.
                    throw new KeysUnusable(
                            "%s has a key in line %d that is not one of age: it must be a line as age-keygen writes it"
                                    .formatted(where, number));
                }
            }
        }
        if (readers.isEmpty()) {
            throw new KeysUnusable(where + " has no line that begins with " + IDENTITY
                    + ", as age-keygen writes it (keys of plugins and of ssh are not supported)");
        }
    }

    /// The data key; empty where none of these keys opens it.
    Optional<byte[]> open(String armored) {
        for (var reader : readers) {
            try (var in = new ByteArrayInputStream(armored.strip().getBytes(StandardCharsets.US_ASCII));
                    var channel = new ArmoredDecryptingChannelFactory()
                            .newDecryptingChannel(Channels.newChannel(in), List.of(reader));
                    var out = Channels.newInputStream(channel)) {
                return Optional.of(out.readAllBytes());
            } catch (GeneralSecurityException | IOException | RuntimeException notThisOne) {
                // The next key, or none.
            }
        }
        return Optional.empty();
    }
}
