package dev.holdfast.sops;

import dev.holdfast.yaml.Yaml;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/// Opens encrypted files. What was opened is remembered for as long as the process lives, by its bytes: a run in which
/// no encrypted file has changed reads no key and decrypts nothing.
public final class Decryption {

    /// Without keys: the form of encrypted files is checked, and their content stays unknown.
    public static final Decryption FORM_ONLY = new Decryption(KeyPlaces.NONE, true);

    private static final int REMEMBERED = 500;

    private final KeyPlaces places;
    private final boolean formOnly;
    private final Map<String, Opened> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Opened> eldest) {
            return size() > REMEMBERED;
        }
    };

    private Decryption(KeyPlaces places, boolean formOnly) {
        this.places = places;
        this.formOnly = formOnly;
    }

    /// For what writes to a Swarm: a file that cannot be opened is an error.
    public static Decryption with(KeyPlaces places) {
        return new Decryption(places, false);
    }

    /// For what only tells: without any key, contents stay unknown.
    public static Decryption ifPossible(KeyPlaces places) {
        return places.isEmpty() ? FORM_ONLY : with(places);
    }

    /// Whether contents are unknown.
    public boolean formOnly() {
        return formOnly;
    }

    /// Where contents are unknown, each value has another in its place that changes as its ciphertext does.
    public Opened open(String file, byte[] content) throws SopsFault {
        var format = SopsFormat.of(file, content)
                .orElseThrow(() -> new SopsFault(
                        Yaml.Place.of(file), "is not encrypted with SOPS: encrypt it (sops encrypt --in-place …)"));
        var id = format + " " + sha256(content);
        synchronized (known) {
            var before = known.get(id);
            if (before != null) {
                return before;
            }
        }
        var document = Document.read(file, content, format);
        Opened opened;
        try {
            opened = formOnly ? Unknown.of(document) : opened(document);
        } catch (Rules.TooSlow e) {
            throw new SopsFault(document.metadata().place(), "has " + e.getMessage());
        }
        synchronized (known) {
            known.put(id, opened);
        }
        return opened;
    }

    private Opened opened(Document document) throws SopsFault {
        try {
            return Opening.open(document, new DataKey(places).open(document.metadata()));
        } catch (KeysUnusable e) {
            throw new SopsFault(document.metadata().place(), "cannot be decrypted: " + e.getMessage());
        }
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// What stands for a value that is not known.
    static String placeholder(String ciphertext) {
        return "encrypted-"
                + sha256(ciphertext.getBytes(StandardCharsets.UTF_8)).substring(0, 12);
    }
}
