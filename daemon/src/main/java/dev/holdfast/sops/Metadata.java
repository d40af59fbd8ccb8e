package dev.holdfast.sops;

import dev.holdfast.sops.Node.Branch;
import dev.holdfast.sops.Node.Items;
import dev.holdfast.sops.Node.Leaf;
import dev.holdfast.yaml.Yaml;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/// What SOPS says of a file in the file: for whom it is encrypted, and how.
///
/// @param groups of keys; where there are several, each has a part of the data key
/// @param threshold how many groups must be opened; 0 means all
/// @param lastModified as the MAC is bound to it
record Metadata(
        Yaml.Place place,
        List<Group> groups,
        int threshold,
        String mac,
        String lastModified,
        Rules rules,
        boolean macOnlyEncrypted) {

    /// Keys of which any one opens the same.
    ///
    /// @param others services that have keys too, by their names in the file, with how many
    record Group(List<Recipient> age, List<Recipient> pgp, Map<String, Integer> others) {

        boolean isEmpty() {
            return age.isEmpty() && pgp.isEmpty() && others.isEmpty();
        }
    }

    /// @param name the public key of age, or the fingerprint
    /// @param encrypted the data key
    record Recipient(String name, String encrypted) {}

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX");

    private static final Map<String, String> SERVICES = Map.of(
            "kms", "AWS KMS",
            "gcp_kms", "GCP KMS",
            "azure_kv", "Azure Key Vault",
            "hc_vault", "HashiCorp Vault",
            "hckms", "HuaweiCloud KMS");

    static Metadata of(Branch sops, Yaml.Place place) throws SopsFault {
        var groups = new ArrayList<Group>();
        var whole = group(sops);
        if (!whole.isEmpty()) {
            groups.add(whole);
        } else {
            for (var node : items(sops, "key_groups")) {
                if (node instanceof Branch branch) {
                    groups.add(group(branch));
                }
            }
        }
        if (groups.isEmpty()) {
            throw new SopsFault(place, "says nothing of who can decrypt it: there are no keys below sops");
        }
        return new Metadata(
                place,
                List.copyOf(groups),
                number(text(sops, "shamir_threshold")),
                text(sops, "mac"),
                time(text(sops, "lastmodified"), place),
                rules(sops, place),
                text(sops, "mac_only_encrypted").equalsIgnoreCase("true"));
    }

    private static Group group(Branch branch) {
        var others = new TreeMap<String, Integer>();
        SERVICES.forEach((key, name) -> {
            var count = items(branch, key).size();
            if (count > 0) {
                others.put(name, count);
            }
        });
        return new Group(recipients(branch, "age", "recipient"), recipients(branch, "pgp", "fp"), others);
    }

    private static List<Recipient> recipients(Branch branch, String list, String name) {
        return items(branch, list).stream()
                .flatMap(node -> node instanceof Branch each ? Stream.of(each) : Stream.empty())
                .map(each -> new Recipient(text(each, name), text(each, "enc")))
                .toList();
    }

    private static Rules rules(Branch sops, Yaml.Place place) throws SopsFault {
        var rules = new ArrayList<Rules>();
        try {
            for (var encrypts : new boolean[] {false, true}) {
                var word = encrypts ? "encrypted" : "unencrypted";
                var suffix = text(sops, word + "_suffix");
                var expression = text(sops, word + "_regex");
                if (!suffix.isEmpty()) {
                    rules.add(Rules.suffix(suffix, encrypts));
                }
                if (!expression.isEmpty()) {
                    rules.add(Rules.expression(expression, encrypts));
                }
                if (!text(sops, word + "_comment_regex").isEmpty()) {
                    rules.add(Rules.ofComments());
                }
            }
        } catch (PatternSyntaxException e) {
            throw new SopsFault(place, "has an expression below sops that cannot be read: " + e.getDescription());
        }
        if (rules.size() > 1) {
            throw new SopsFault(place, "has more than one rule below sops for what is encrypted; SOPS takes one");
        }
        return rules.isEmpty() ? Rules.DEFAULT : rules.getFirst();
    }

    /// As SOPS prints it again, which is what the MAC is bound to.
    private static String time(String text, Yaml.Place place) throws SopsFault {
        try {
            return OffsetDateTime.parse(text).format(TIME);
        } catch (DateTimeParseException e) {
            throw new SopsFault(place, "has no time in lastmodified, below sops, that could be read");
        }
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
    }

    private static List<Node> items(Branch branch, String key) {
        return branch.get(key) instanceof Items items ? items.nodes() : List.of();
    }

    private static String text(Branch branch, String key) {
        return branch.get(key) instanceof Leaf leaf ? leaf.text() : "";
    }
}
