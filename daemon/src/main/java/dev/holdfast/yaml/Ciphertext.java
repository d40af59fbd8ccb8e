package dev.holdfast.yaml;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Recognises what people keep in Git encrypted: an app that is given it as it is has the ciphertext for its password.
public final class Ciphertext {

    /// By SOPS and by eyaml, by ejson and by dotenvx: single values within a file of any kind. SOPS has one in
    /// every file, the checksum.
    private static final Pattern VALUE = Pattern.compile(
            "ENC\\[(AES256_GCM|PKCS7|GPG),|\\b(EJ)\\[[0-9]:|(?<![\\w.-])(encrypted):B[A-Za-z0-9+/]{80}");

    private static final Map<String, String> TOOLS =
            Map.of("AES256_GCM", "SOPS", "PKCS7", "eyaml", "GPG", "eyaml", "EJ", "ejson", "encrypted", "dotenvx");

    private static final Pattern VAULT = Pattern.compile("(?m)^\\s*\\$ANSIBLE_VAULT;[0-9]");
    private static final Pattern SEALED = Pattern.compile("(?m)^\\s*\"?kind\"?:\\s*\"?SealedSecret\\b");
    private static final Pattern ARMOR =
            Pattern.compile("-----BEGIN (AGE ENCRYPTED FILE|PGP MESSAGE)-----|BEGIN (?:KEYBASE )?SALTPACK ENCRYPTED");
    private static final Pattern OPENSSL = Pattern.compile("U2FsdGVkX1[A-Za-z0-9+/=\\s]{8,}");
    private static final Pattern TRANSIT = Pattern.compile("vault:v[0-9]+:[A-Za-z0-9+/=]{16,}");

    private Ciphertext() {}

    /// What a file is encrypted with, for people; empty where it is not.
    public static Optional<String> of(byte[] content) {
        var whole = whole(content);
        if (whole.isPresent()) {
            return whole;
        }
        var text = new String(content, StandardCharsets.ISO_8859_1);
        return SEALED.matcher(text).find() ? Optional.of("kubeseal") : values(text);
    }

    /// The same of one value of a file.
    public static Optional<String> of(String value) {
        return armored(value.strip()).or(() -> values(value));
    }

    private static Optional<String> values(String text) {
        var value = VALUE.matcher(text);
        if (value.find()) {
            var mark = Stream.of(1, 2, 3)
                    .map(value::group)
                    .filter(Objects::nonNull)
                    .findFirst();
            return mark.map(TOOLS::get);
        }
        return VAULT.matcher(text).find() ? Optional.of("ansible-vault") : Optional.empty();
    }

    /// What a file is encrypted with as a whole, so that nothing of it can be read.
    static Optional<String> whole(byte[] content) {
        if (startsWith(content, "\0GITCRYPT\0")) {
            return Optional.of("git-crypt");
        }
        if (startsWith(content, "Salted__")) {
            return Optional.of("openssl");
        }
        if (OpenPgp.isMessage(content)) {
            return Optional.of("OpenPGP");
        }
        return armored(new String(content, StandardCharsets.ISO_8859_1)
                .replaceFirst("^\u00EF\u00BB\u00BF", "")
                .strip());
    }

    private static Optional<String> armored(String text) {
        if (text.startsWith("age-encryption.org/v1")) {
            return Optional.of("age");
        }
        if (text.startsWith("$ANSIBLE_VAULT;")) {
            return Optional.of("ansible-vault");
        }
        var armor = ARMOR.matcher(text);
        if (armor.lookingAt()) {
            return Optional.of(tool(armor.group(1)));
        }
        if (OPENSSL.matcher(text).matches()) {
            return Optional.of("openssl");
        }
        return TRANSIT.matcher(text).matches() ? Optional.of("Vault's transit engine") : Optional.empty();
    }

    private static String tool(@Nullable String block) {
        return block == null ? "saltpack" : block.startsWith("AGE") ? "age" : "OpenPGP";
    }

    private static boolean startsWith(byte[] content, String start) {
        var bytes = start.getBytes(StandardCharsets.ISO_8859_1);
        return content.length >= bytes.length
                && java.util.Arrays.equals(content, 0, bytes.length, bytes, 0, bytes.length);
    }

    /// Whether SOPS has encrypted the document, which is then reported once and not value by value.
    public static boolean isWhole(Yaml document, Reading reading) {
        if (document instanceof Yaml.Mapping mapping
                && mapping.get("sops") instanceof Yaml.Mapping sops
                && (sops.get("mac") != null || sops.get("version") != null)) {
            reading.error(
                    sops.place(),
                    "",
                    "is encrypted with SOPS, and Holdfast decrypts secrets, configs, files of variables and vars, but"
                            + " not this one; commit it decrypted, without the key sops");
            return true;
        }
        return false;
    }

    /// Reports every encrypted value of a document.
    public static void checkValues(Yaml node, String path, Reading reading) {
        switch (node) {
            case Yaml.Scalar scalar ->
                of(scalar.text()).ifPresent(tool -> {
                    reading.error(
                            scalar.place(),
                            path,
                            tool.equals("SOPS")
                                    ? "is encrypted with SOPS, which encrypts whole files: put that file into the"
                                            + " repository, and write vars: { NAME: { sops: FILE } } in holdfast.yaml,"
                                            + " or a secret with sops: FILE"
                                    : problem(tool) + "; the app would get the ciphertext. Commit it decrypted, or make"
                                            + " a secret of it with docker secret create");
                    reading.unfilled(path);
                });
            case Yaml.Sequence sequence -> {
                for (var i = 0; i < sequence.items().size(); i++) {
                    checkValues(sequence.items().get(i), path + "[" + i + "]", reading);
                }
            }
            case Yaml.Mapping mapping -> {
                for (var entry : mapping.entries()) {
                    if (!path.isEmpty() || !entry.key().startsWith("x-")) {
                        checkValues(entry.value(), path.isEmpty() ? entry.key() : path + "." + entry.key(), reading);
                    }
                }
            }
        }
    }

    public static String problem(String tool) {
        return "is encrypted with %s, and Holdfast cannot decrypt it".formatted(tool);
    }
}
