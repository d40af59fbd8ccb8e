package dev.holdfast.compose;

import dev.holdfast.yaml.Yaml;
import org.jspecify.annotations.Nullable;

/// `restart` of a service, which the client honours where there is no `deploy.restart_policy`.
final class RestartWord {

    private static final int LONGEST_NUMBER = 9;

    private RestartWord() {}

    /// What is wrong with the word; null where nothing is.
    static @Nullable String fault(String text) {
        var colon = text.indexOf(':');
        var word = colon < 0 ? text : text.substring(0, colon);
        var count = colon < 0 ? "" : text.substring(colon + 1);
        var known = switch (word) {
            case "no", "always", "unless-stopped", "on-failure" -> true;
            default -> text.isEmpty();
        };
        return known && (count.isEmpty() || count.length() <= LONGEST_NUMBER && count.matches("[+]?[0-9]+"))
                ? null
                : "must be no, always, unless-stopped or on-failure[:TIMES]";
    }

    /// Null where nothing is said.
    static ComposeDeploy.@Nullable RestartPolicy policy(String text) {
        var colon = text.indexOf(':');
        var word = colon < 0 ? text : text.substring(0, colon);
        var count = colon < 0 || colon == text.length() - 1 ? 0 : Long.parseLong(text.substring(colon + 1));
        var attempts = count == 0 ? null : Long.valueOf(count);
        return switch (word) {
            case "always", "unless-stopped" -> new ComposeDeploy.RestartPolicy("any", null, attempts, null);
            case "on-failure" -> new ComposeDeploy.RestartPolicy("on-failure", null, attempts, null);
            default -> null;
        };
    }

    /// Checked only where it counts, after all files are merged.
    static @Nullable String read(Yaml node, Spot spot) {
        return node instanceof Yaml.Scalar scalar && scalar.kind() == Yaml.Kind.BOOLEAN
                ? spot.wrong(
                        node,
                        "must be text; write \"%s\", in quotes"
                                .formatted(scalar.text().equals("true") ? "always" : "no"))
                : Grammars.TEXT.read(node, spot);
    }
}
