package dev.holdfast.compose;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One text with variables in it, filled in exactly as the client does, its oddities included: a name without braces
/// takes an operator, too, and whatever follows it; what is wrong with one variable is forgotten where another one
/// follows.
///
/// @param text with everything filled in
/// @param fault what is wrong with it; null where the client takes it
/// @param overlooked what is wrong with it, and the client does not see
/// @param unset names that have no value, and no default
/// @param used names of all variables
/// @param traps what means something else than it seems
record Template(
        String text,
        @Nullable String fault,
        List<String> overlooked,
        List<String> unset,
        List<String> used,
        List<String> traps) {

    private static final String VARIABLE = "[_a-zA-Z][_a-zA-Z0-9]*(?::?[-?][^}]*)?";
    private static final Pattern PATTERN = Pattern.compile(
            "\\$(?:(?<escaped>\\$)|(?<named>" + VARIABLE + ")|\\{(?<braced>" + VARIABLE + ")\\}|(?<invalid>))");
    private static final Pattern NAME = Pattern.compile("[_a-zA-Z][_a-zA-Z0-9]*");

    /// @param longest of what may come out of it
    static Template fill(String text, Map<String, String> variables, long longest) {
        var filler = new Filler(text, variables);
        var out = new StringBuilder();
        var match = PATTERN.matcher(text);
        var end = 0;
        while (match.find() && filler.tooLong == null) {
            out.append(text, end, match.start()).append(filler.value(match));
            end = match.end();
            if (out.length() > longest) {
                filler.tooLong = "becomes too long where its variables are filled in";
            }
        }
        out.append(text, end, text.length());
        return filler.result(out.toString());
    }

    private static final class Filler {
        private final String text;
        private final Map<String, String> variables;
        private final List<String> overlooked = new ArrayList<>();
        private final List<String> unset = new ArrayList<>();
        private final List<String> used = new ArrayList<>();
        private final List<String> traps = new ArrayList<>();
        private @Nullable String fault;
        private @Nullable String tooLong;

        Filler(String text, Map<String, String> variables) {
            this.text = text;
            this.variables = variables;
        }

        Template result(String filled) {
            return new Template(filled, tooLong != null ? tooLong : fault, overlooked, unset, used, traps);
        }

        String value(Matcher match) {
            if (match.group("escaped") != null) {
                return "$";
            }
            var braced = match.group("braced");
            var substitution = braced != null ? braced : match.group("named");
            if (substitution == null) {
                wrong(invalid(match.start()));
                return "";
            }
            if (braced == null && !NAME.matcher(substitution).matches()) {
                traps.add("takes all that follows $%s up to a } for its default, since it has no braces; write ${%s}"
                        .formatted(nameIn(substitution), nameIn(substitution)));
            }
            return operated(substitution);
        }

        /// The client keeps what is wrong with the last variable of a text only.
        private void wrong(@Nullable String next) {
            if (fault != null) {
                overlooked.add(fault);
            }
            fault = next;
        }

        private String operated(String substitution) {
            for (var operator : List.of(":-", "-", ":?", "?")) {
                var at = substitution.indexOf(operator);
                if (at >= 0) {
                    return operated(
                            substitution.substring(0, at), operator, substitution.substring(at + operator.length()));
                }
            }
            wrong(null);
            used.add(substitution);
            var value = variables.get(substitution);
            if (value == null) {
                unset.add(substitution);
            }
            return value == null ? "" : value;
        }

        private String operated(String name, String operator, String argument) {
            used.add(name);
            var value = variables.get(name);
            var missing = value == null || operator.startsWith(":") && value.isEmpty();
            if (argument.contains("${")) {
                traps.add(
                        "has a variable in a default, which docker stack deploy does not fill in: it ends at the first"
                                + " }");
            }
            if (!NAME.matcher(name).matches()) {
                traps.add("has two operators: docker stack deploy takes \"%s\" for the name of a variable"
                        .formatted(name));
            }
            if (operator.endsWith("?") && missing) {
                wrong("needs the variable %s%s".formatted(name, argument.isBlank() ? "" : ": " + argument.strip()));
                return "";
            }
            wrong(null);
            return value == null || missing ? argument : value;
        }

        private static String nameIn(String substitution) {
            var match = NAME.matcher(substitution);
            return match.lookingAt() ? match.group() : "";
        }

        private String invalid(int at) {
            var rest = text.substring(at, Math.min(text.length(), at + 100));
            if (rest.matches("(?s)\\$\\{[_a-zA-Z][_a-zA-Z0-9]*:?\\+.*")) {
                return "has ${NAME:+text}, which docker stack deploy does not know; write the text itself";
            }
            return rest.startsWith("${")
                    ? "has a ${ that is not ${NAME}, ${NAME:-default} or ${NAME:?message}; write $${ for the literal"
                            + " text"
                    : "has a $ that begins no variable; write $$ for a literal $";
        }
    }
}
