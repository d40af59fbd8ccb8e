package dev.holdfast.sops;

import dev.holdfast.sops.Node.Branch;
import dev.holdfast.sops.Node.Items;
import dev.holdfast.sops.Node.Leaf;
import dev.holdfast.yaml.Sealed;
import dev.holdfast.yaml.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What was in an encrypted file. In memory only.
public final class Opened {

    private final SopsFormat format;
    private final List<Branch> branches;
    private final Set<Leaf> secrets;

    /// @param secrets those of its values that were encrypted
    Opened(SopsFormat format, List<Branch> branches, Set<Leaf> secrets) {
        this.format = format;
        this.branches = branches;
        this.secrets = secrets;
    }

    public SopsFormat format() {
        return format;
    }

    /// The whole file, in its format.
    public byte[] whole() {
        branches.forEach(branch -> seal(branch, ""));
        var first = branches.isEmpty() ? new Branch(List.of()) : branches.getFirst();
        if (format == SopsFormat.BINARY) {
            return first.get("data") instanceof Leaf leaf ? leaf.bytes() : new byte[0];
        }
        var text = switch (format) {
            case YAML -> YamlStore.written(branches);
            case JSON, BINARY -> JsonStore.written(first);
            case DOTENV -> DotenvStore.written(first);
            case INI -> IniStore.written(first);
        };
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// One value of it, such as that of `db.password` or `users[0].token`; a key with a dot in it is found as well.
    /// Empty where there is none.
    public Optional<byte[]> value(String key) {
        var found = branches.isEmpty() ? null : find(branches.getFirst(), key);
        if (found != null) {
            seal(found, key);
        }
        return switch (found) {
            case null -> Optional.empty();
            case Leaf leaf -> leaf.kind() == Yaml.Kind.NULL ? Optional.of(new byte[0]) : Optional.of(leaf.bytes());
            case Node node ->
                Optional.of((format == SopsFormat.JSON ? JsonStore.written(node) : YamlStore.written(node))
                        .getBytes(StandardCharsets.UTF_8));
        };
    }

    private static @Nullable Node find(Node node, String rest) {
        if (rest.isEmpty()) {
            return node;
        }
        if (node instanceof Items items && rest.startsWith("[")) {
            var close = rest.indexOf(']');
            var number = close < 0 ? "" : rest.substring(1, close);
            var index = number.matches("[0-9]{1,6}")
                    ? Integer.parseInt(number)
                    : items.nodes().size();
            return index < items.nodes().size()
                    ? find(items.nodes().get(index), dotless(rest.substring(close + 1)))
                    : null;
        }
        if (node instanceof Branch branch) {
            for (var item : branch.items()) {
                var key = item.key();
                var ends = rest.length() == key.length()
                        || rest.startsWith(".", key.length())
                        || rest.startsWith("[", key.length());
                if (!item.comment() && !key.isEmpty() && rest.startsWith(key) && ends) {
                    var found = find(item.node(), dotless(rest.substring(key.length())));
                    if (found != null) {
                        return found;
                    }
                }
            }
        }
        return null;
    }

    private static String dotless(String rest) {
        return rest.startsWith(".") ? rest.substring(1) : rest;
    }

    /// The keys at the top, which are not secret.
    public List<String> keys() {
        return branches.isEmpty()
                ? List.of()
                : branches.getFirst().items().stream()
                        .filter(item -> !item.comment())
                        .map(Node.Item::key)
                        .toList();
    }

    /// What is handed out is told nowhere from now on.
    private void seal(Node node, String name) {
        switch (node) {
            case Leaf leaf -> {
                if (secrets.contains(leaf)) {
                    Sealed.add(leaf.text(), name);
                    Sealed.add(leaf.text().replace("\n", "\\n"), name);
                }
            }
            case Items items -> items.nodes().forEach(each -> seal(each, name));
            case Branch branch -> branch.items().forEach(item -> seal(item.node(), item.key()));
        }
    }
}
