package dev.holdfast.sops;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.openpgp.PGPCompressedData;
import org.bouncycastle.openpgp.PGPEncryptedDataList;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPLiteralData;
import org.bouncycastle.openpgp.PGPPublicKeyEncryptedData;
import org.bouncycastle.openpgp.PGPSecretKey;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.bouncycastle.openpgp.operator.bc.BcPBESecretKeyDecryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.bouncycastle.openpgp.operator.bc.BcPublicKeyDataDecryptorFactory;

/// Private keys of OpenPGP, as `gpg --export-secret-keys --armor` writes them.
final class PgpKeys {

    private final List<PGPSecretKey> keys = new ArrayList<>();
    private final char[] passphrase;

    /// @throws KeysUnusable where there is no key in it, or where the passphrase is not its own
    PgpKeys(byte[] exported, String where, char[] passphrase) {
        this.passphrase = passphrase;
        try (var in = PGPUtil.getDecoderStream(new ByteArrayInputStream(exported))) {
            for (var object : new BcPGPObjectFactory(in)) {
                if (object instanceof PGPSecretKeyRing ring) {
                    ring.getSecretKeys().forEachRemaining(keys::add);
                }
            }
        } catch (IOException | RuntimeException e) {
            throw new KeysUnusable(where
                    + " cannot be read as a key of OpenPGP: it must be what gpg --export-secret-keys --armor writes");
        }
        if (keys.isEmpty()) {
            throw new KeysUnusable(
                    where + " has no private key: it must be what gpg --export-secret-keys --armor writes");
        }
    }

    /// The data key; empty where none of these keys opens it.
    Optional<byte[]> open(String armored) {
        try (var in = PGPUtil.getDecoderStream(new ByteArrayInputStream(armored.getBytes(StandardCharsets.US_ASCII)))) {
            for (var object : new BcPGPObjectFactory(in)) {
                if (object instanceof PGPEncryptedDataList list) {
                    return open(list);
                }
            }
        } catch (IOException | RuntimeException notReadable) {
            // As if no key fitted.
        }
        return Optional.empty();
    }

    private Optional<byte[]> open(PGPEncryptedDataList list) {
        for (var each : list) {
            if (each instanceof PGPPublicKeyEncryptedData data) {
                for (var key : keys) {
                    // A recipient that is hidden has the number 0.
                    if (key.getKeyID() == data.getKeyIdentifier().getKeyId()
                            || data.getKeyIdentifier().isWildcard()) {
                        var opened = open(data, key);
                        if (opened.isPresent()) {
                            return opened;
                        }
                    }
                }
            }
        }
        return Optional.empty();
    }

    private Optional<byte[]> open(PGPPublicKeyEncryptedData data, PGPSecretKey key) {
        try {
            var unlocked = key.extractPrivateKey(
                    new BcPBESecretKeyDecryptorBuilder(new BcPGPDigestCalculatorProvider()).build(passphrase));
            if (unlocked == null) {
                return Optional.empty();
            }
            try (var stream = data.getDataStream(new BcPublicKeyDataDecryptorFactory(unlocked))) {
                var literal = literal(stream);
                return literal.isPresent() && data.isIntegrityProtected() && !data.verify()
                        ? Optional.empty()
                        : literal;
            }
        } catch (PGPException | IOException | RuntimeException notThisOne) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> literal(InputStream stream) throws PGPException, IOException {
        for (var object : new BcPGPObjectFactory(stream)) {
            if (object instanceof PGPCompressedData compressed) {
                return literal(compressed.getDataStream());
            }
            if (object instanceof PGPLiteralData data) {
                var bytes = data.getInputStream().readAllBytes();
                stream.transferTo(OutputStream.nullOutputStream());
                return Optional.of(bytes);
            }
        }
        return Optional.empty();
    }

    /// Whether the passphrase opens a key, to tell a wrong one from a wrong key.
    boolean isUnlocked() {
        return keys.stream().filter(key -> !key.isPrivateKeyEmpty()).allMatch(key -> {
            try {
                return key.extractPrivateKey(new BcPBESecretKeyDecryptorBuilder(new BcPGPDigestCalculatorProvider())
                                .build(passphrase))
                        != null;
            } catch (PGPException | RuntimeException e) {
                return false;
            }
        });
    }
}
