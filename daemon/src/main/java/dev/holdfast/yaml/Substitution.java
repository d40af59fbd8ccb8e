package dev.holdfast.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Fills `vars` into the values of an app: `${NAME}`, `${NAME:-default}`, `${NAME-default}`, `${NAME:?message}`, and
/// `$$`
/// for one `$`. Keys, and the values of `x-…` keys, stay as they are.
public final class Substitution {

    private static final int MAX_DEPTH = 8;
    private static final Pattern NAME = Pattern.compile(Patterns.VARIABLE_START + "[A-Za-z0-9_]*+");

    private static final Pattern USUAL_NAME = Pattern.compile("[A-Z][A-Z0-9_]*");

    private final Map<String, String> vars;
    private final boolean complete;
    private final String declare;
    private final Map<String, String> unread;

    /// @param complete whether these are all variables, so that others can be called unknown
    public Substitution(Map<String, String> vars, boolean complete) {
        this(vars, complete, Map.of());
    }

    /// @param unread variables whose value could not be read, and what is told of each
    public Substitution(Map<String, String> vars, boolean complete, Map<String, String> unread) {
        this(vars, complete, "declare it under vars in holdfast.yaml", unread);
    }

    /// @param declare what to do about an unknown variable
    public Substitution(Map<String, String> vars, boolean complete, String declare) {
        this(vars, complete, declare, Map.of());
    }

    private Substitution(Map<String, String> vars, boolean complete, String declare, Map<String, String> unread) {
        this.unread = unread;
        this.vars = vars;
        this.complete = complete;
        this.declare = declare;
    }

    /// The same tree with everything filled in; what cannot be is reported at its place.
    public Yaml apply(Yaml node, At at) {
        return switch (node) {
            case Yaml.Scalar scalar -> scalar.text().indexOf('$') < 0 ? scalar : applyTo(scalar, at);
            case Yaml.Sequence sequence -> {
                var items = new ArrayList<Yaml>(sequence.items().size());
                for (var i = 0; i < sequence.items().size(); i++) {
                    items.add(apply(sequence.items().get(i), new At(at.reading(), at.path() + "[" + i + "]")));
                }
                yield new Yaml.Sequence(sequence.place(), items);
            }
            case Yaml.Mapping mapping -> new Yaml.Mapping(mapping.place(), applyToEntries(mapping, at));
        };
    }

    private List<Yaml.Entry> applyToEntries(Yaml.Mapping mapping, At at) {
        var entries = new ArrayList<Yaml.Entry>(mapping.entries().size());
        for (var entry : mapping.entries()) {
            var path = at.path().isEmpty() ? entry.key() : at.path() + "." + entry.key();
            var ignored = at.path().isEmpty() && entry.key().startsWith("x-");
            entries.add(
                    ignored
                            ? entry
                            : new Yaml.Entry(
                                    entry.key(), entry.at(), apply(entry.value(), new At(at.reading(), path))));
        }
        return entries;
    }

    private Yaml applyTo(Yaml.Scalar scalar, At at) {
        var faults = new ArrayList<String>();
        var filler = new Filler(
                scalar.text(),
                faults::add,
                mayBeSecret(scalar.text(), at.path()),
                isNamedSecret(scalar.text(), at.path()));
        var filled = filler.fill();
        if (filler.usesUnknown) {
            at.reading().unfilled(at.path());
        }
        if (filler.usesSecret) {
            at.reading().filledWithSecret(at.path());
        }
        if (!faults.isEmpty()) {
            at.reading().error(scalar.place(), at.path(), faults.getFirst());
            at.reading().unfilled(at.path());
            return new Yaml.Scalar(scalar.place(), filled, Yaml.Kind.TEXT, true);
        }
        return new Yaml.Scalar(scalar.place(), filled, YamlKinds.kind(filled), true);
    }

    private static boolean isNamedSecret(String text, String path) {
        var equals = text.indexOf('=');
        return Secrets.isName(path) || equals > 0 && Secrets.isName(text.substring(0, equals));
    }

    /// Also for `PASSWORD=…`, where the name is not in the path.
    private static boolean mayBeSecret(String text, String path) {
        var equals = text.indexOf('=');
        return Secrets.mayStandAt(path) || equals > 0 && Secrets.isName(text.substring(0, equals));
    }

    /// Goes through one text, once, from left to right.
    private final class Filler {
        private final String text;
        private final Consumer<String> fault;
        private final boolean secret;
        private final boolean namedSecret;
        private boolean usesSecret;
        private boolean usesUnknown;
        private int at;

        /// @param secret whether the text may be a secret
        /// @param namedSecret whether its name says so
        Filler(String text, Consumer<String> fault, boolean secret, boolean namedSecret) {
            this.text = text;
            this.fault = fault;
            this.secret = secret;
            this.namedSecret = namedSecret;
        }

        String fill() {
            return fill(false, 0);
        }

        /// Up to the end, or to the `}` that closes a default.
        private String fill(boolean nested, int depth) {
            var out = new StringBuilder();
            while (at < text.length()) {
                var c = text.charAt(at);
                if (nested && c == '}') {
                    return out.toString();
                }
                at++;
                if (c != '$') {
                    out.append(c);
                } else if (text.startsWith("$", at)) {
                    at++;
                    out.append('$');
                } else if (text.startsWith("{", at)) {
                    at++;
                    out.append(variable(depth));
                } else {
                    bare();
                }
            }
            return out.toString();
        }

        private void bare() {
            var name = name();
            if (namedSecret || secret && !name.isEmpty() && !shown(name).equals(name)) {
                fault.accept("has a bare $; write $$ for a literal $, and ${NAME} for a variable");
            } else if (name.isEmpty()) {
                fault.accept("has a $ that begins no variable; write $$ for a literal $");
            } else {
                fault.accept("has a bare $%s; write ${%s} for the variable, $$%s for the literal text"
                        .formatted(name, name, name));
            }
        }

        private String variable(int depth) {
            var name = name();
            var rest = at < text.length() ? text.substring(at, Math.min(text.length(), at + 2)) : "";
            var operator = List.of(":-", ":?", "-", "?", "}").stream()
                    .filter(rest::startsWith)
                    .findFirst()
                    .orElse("");
            if (name.isEmpty() || operator.isEmpty() || depth > MAX_DEPTH) {
                var hint = rest.contains("+") ? "; ${NAME:+text} is not supported" : "";
                fault.accept("has a ${ that is not ${NAME}, ${NAME:-default} or ${NAME:?message}" + hint
                        + "; write $${ for the literal text");
                at = text.length();
                return "";
            }
            at += operator.length();
            var begin = at;
            var argument = operator.equals("}") ? "" : fill(true, depth + 1);
            var asWritten = text.substring(begin, at);
            if (!operator.equals("}")) {
                if (at >= text.length()) {
                    fault.accept("has a ${%s that is not closed".formatted(shown(name)));
                    return "";
                }
                at++;
            }
            return value(name, operator, argument, asWritten);
        }

        /// @param asWritten the argument before anything was filled into it
        private String value(String name, String operator, String argument, String asWritten) {
            var value = vars.get(name);
            if (value != null && !(operator.startsWith(":") && value.isEmpty())) {
                usesSecret |= Secrets.isName(name) || Sealed.is(value);
                usesUnknown |= Sealed.isUnknown(value);
                return value;
            }
            var why = unread.get(name);
            if (why != null) {
                fault.accept(why);
                return "";
            }
            switch (operator) {
                case ":-", "-" -> {
                    return argument;
                }
                case ":?", "?" ->
                    fault.accept("needs the variable %s%s".formatted(shown(name), reason(name, asWritten)));
                default -> unknown(name);
            }
            return "";
        }

        private void unknown(String name) {
            if (complete) {
                fault.accept("unknown variable %s%s; %s, or write $${%s} for the literal text"
                        .formatted(shown(name), near(name), declare, shown(name)));
            }
        }

        /// A password may have what looks like a variable: one that is not written as people write them, and
        /// like none that is known, is not named.
        private String shown(String name) {
            return !secret || USUAL_NAME.matcher(name).matches() || !near(name).isEmpty() || vars.containsKey(name)
                    ? name
                    : "…";
        }

        private String reason(String name, String asWritten) {
            return namedSecret || Secrets.isName(name) ? "" : ": " + Secrets.text(asWritten);
        }

        private String near(String name) {
            var near = Words.nearest(name, vars.keySet());
            return near == null ? "" : " (did you mean %s?)".formatted(near);
        }

        private String name() {
            var match = NAME.matcher(text).region(at, text.length());
            if (!match.lookingAt()) {
                return "";
            }
            at = match.end();
            return match.group();
        }
    }
}
