package dev.holdfast.data;

import dev.holdfast.ledger.Claim;
import dev.holdfast.ledger.Claim.Kind;
import java.util.regex.Pattern;

/// What to paste into a shell or a file about an orphan. Holdfast itself runs none of it.
final class OrphanAdvice {

    private static final Pattern PLAIN_YAML = Pattern.compile("[A-Za-z0-9_/.][A-Za-z0-9_/.-]*");
    private static final Pattern YAML_CONSTANT =
            Pattern.compile("(?i)true|false|null|yes|no|on|off|[-+.]?[0-9][-+0-9.e_xo]*");

    private OrphanAdvice() {}

    /// The command that would remove the data, to be run on its node.
    static String cleanup(Claim claim) {
        return switch (claim.kind()) {
            case VOLUME -> "docker volume rm " + Shell.quote(claim.name());
            case BIND -> "rm -rf -- " + Shell.quote(claim.name());
        };
    }

    /// How an app gets the data again.
    static String takeBack(Claim claim) {
        var lines = new StringBuilder();
        var givenUp = claim.givenUp();
        if (givenUp != null && givenUp.revertible()) {
            lines.append("git revert ").append(givenUp.commit()).append("\nor write in the file of an app:\n");
        } else {
            lines.append("write in the file of an app:\n");
        }
        if (claim.app().isEmpty() && givenUp == null) {
            lines.append("adopt: true\n");
        }
        var node = claim.hostname().isEmpty() ? claim.node() : claim.hostname();
        lines.append("persistent:\n  node: ").append(yaml(node)).append("\n  directories:\n    - ");
        lines.append(claim.kind() == Kind.VOLUME ? "volume: " : "host: ").append(yaml(claim.name()));
        lines.append("\n      target: ")
                .append(claim.target().isEmpty() ? "/where/the/app/wants/it" : yaml(claim.target()));
        if (claim.readOnly()) {
            lines.append("\n      read_only: true");
        }
        return lines.toString();
    }

    private static String yaml(String text) {
        if (PLAIN_YAML.matcher(text).matches() && !YAML_CONSTANT.matcher(text).matches()) {
            return text;
        }
        if (text.chars().noneMatch(Character::isISOControl)) {
            return "'" + text.replace("'", "''") + "'";
        }
        var quoted = new StringBuilder("\"");
        for (var c : text.toCharArray()) {
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append(c);
                default ->
                    quoted.append(Character.isISOControl(c) ? String.format("\\u%04x", (int) c) : String.valueOf(c));
            }
        }
        return quoted.append('"').toString();
    }
}
