package dev.holdfast.sops;

import dev.holdfast.sops.Node.Branch;
import dev.holdfast.sops.Node.Item;
import dev.holdfast.sops.Node.Items;
import dev.holdfast.sops.Node.Leaf;
import dev.holdfast.yaml.Secrets;
import dev.holdfast.yaml.Yaml;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Decrypts the values of a file in the order of its tree, and checks the MAC over them, as SOPS does.
final class Opening {

    /// What the hash begins with where only encrypted values are in it: SHA-256 of `sops`.
    private static final byte[] ONLY_ENCRYPTED =
            HexFormat.of().parseHex("8a3fd2ad54ce66527b1034f3d147be0b0b975b3bf44f72c6fdadec8176f27d69");

    private final Document document;
    private final byte[] key;
    private final MessageDigest hash;
    private final Set<Leaf> secrets = new HashSet<>();

    private Opening(Document document, byte[] key) throws NoSuchAlgorithmException {
        this.document = document;
        this.key = key;
        this.hash = MessageDigest.getInstance("SHA-512");
        if (document.metadata().macOnlyEncrypted()) {
            hash.update(ONLY_ENCRYPTED);
        }
    }

    /// @param key the data key
    static Opened open(Document document, byte[] key) throws SopsFault {
        try {
            var opening = new Opening(document, key);
            var branches = new ArrayList<Branch>();
            for (var branch : document.branches()) {
                branches.add(opening.branch(branch, List.of()));
            }
            opening.checkMac();
            return new Opened(document.format(), List.copyOf(branches), opening.secrets);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void checkMac() throws SopsFault {
        var metadata = document.metadata();
        var mac = EncryptedValue.parse(metadata.mac())
                .orElseThrow(() -> new SopsFault(
                        metadata.place(),
                        "has no MAC below sops that could be checked, so that anybody may have changed it"));
        byte[] told;
        try {
            told = mac.open(key, metadata.lastModified());
        } catch (GeneralSecurityException e) {
            throw new SopsFault(
                    metadata.place(),
                    "has a MAC that is not its own: mac or lastmodified was changed after SOPS encrypted it");
        }
        var computed = HexFormat.of().withUpperCase().formatHex(hash.digest());
        if (!MessageDigest.isEqual(told, computed.getBytes(StandardCharsets.US_ASCII))) {
            throw new SopsFault(
                    metadata.place(),
                    "does not fit its MAC: somebody changed it without SOPS (a value that is not encrypted, or a value"
                            + " added, removed or moved); restore it, or edit it with sops");
        }
    }

    private Branch branch(Branch branch, List<String> path) throws SopsFault {
        var items = new ArrayList<Item>();
        for (var item : branch.items()) {
            if (item.comment()) {
                items.add(new Item(comment(item.key(), path), true, item.node()));
            } else {
                var below = new ArrayList<>(path);
                below.add(item.key());
                items.add(Item.of(item.key(), node(item.node(), below)));
            }
        }
        return new Branch(List.copyOf(items));
    }

    private Node node(Node node, List<String> path) throws SopsFault {
        return switch (node) {
            case Leaf leaf -> leaf.kind() == Yaml.Kind.NULL ? leaf : leaf(leaf, path);
            case Branch branch -> branch(branch, path);
            case Items items -> {
                var opened = new ArrayList<Node>();
                for (var each : items.nodes()) {
                    opened.add(node(each, path));
                }
                yield new Items(List.copyOf(opened));
            }
        };
    }

    private Leaf leaf(Leaf leaf, List<String> path) throws SopsFault {
        var encrypted = document.metadata().rules().encrypts(path, leaf.text());
        var opened = encrypted ? opened(leaf, path) : leaf;
        if (encrypted || !document.metadata().macOnlyEncrypted()) {
            hash.update(MacText.of(opened));
        }
        return opened;
    }

    private Leaf opened(Leaf leaf, List<String> path) throws SopsFault {
        if (leaf.bytes().length == 0) {
            return leaf;
        }
        var value = EncryptedValue.parse(leaf.text())
                .orElseThrow(() -> new SopsFault(leaf.place(), notEncrypted(path, leaf)));
        var kind = value.kind()
                .orElseThrow(() ->
                        new SopsFault(leaf.place(), "has a type at %s that SOPS does not know".formatted(shown(path))));
        try {
            var opened = new Leaf(leaf.place(), spelled(value.open(key, authenticated(path)), kind), kind);
            secrets.add(opened);
            return opened;
        } catch (GeneralSecurityException e) {
            throw new SopsFault(leaf.place(), changed(path));
        }
    }

    /// An old version left comments as they were.
    private String comment(String text, List<String> path) {
        var value = EncryptedValue.parse(text.strip());
        try {
            return value.isEmpty()
                    ? text
                    : new String(value.get().open(key, authenticated(path)), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            return text;
        }
    }

    private static byte[] spelled(byte[] bytes, Yaml.Kind kind) {
        return kind == Yaml.Kind.BOOLEAN
                ? new String(bytes, StandardCharsets.UTF_8)
                        .toLowerCase(Locale.ROOT)
                        .getBytes(StandardCharsets.UTF_8)
                : bytes;
    }

    static String notEncrypted(List<String> path, Leaf leaf) {
        return leaf.text().startsWith("ENC[")
                ? changed(path)
                : "has %s in the clear, though SOPS encrypts it: encrypt the file with sops".formatted(shown(path));
    }

    private static String changed(List<String> path) {
        return "cannot be decrypted at %s: the value was changed, or moved to another key, after SOPS encrypted it"
                .formatted(shown(path));
    }

    private static String authenticated(List<String> path) {
        return String.join(":", path) + ":";
    }

    private static String shown(List<String> path) {
        return Secrets.name(String.join(".", path));
    }
}
