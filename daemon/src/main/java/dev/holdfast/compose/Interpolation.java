package dev.holdfast.compose;

import dev.holdfast.yaml.At;
import dev.holdfast.yaml.Sealed;
import dev.holdfast.yaml.Secrets;
import dev.holdfast.yaml.Yaml;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Fills variables into every text of a Compose file, before anything else is read from it. Keys stay as they are.
final class Interpolation {

    /// No honest file comes near it.
    private static final int MOST_TEXT = 4 << 20;

    private final Spot spot;
    private final Deque<String> path = new ArrayDeque<>();

    /// What stands behind an anchor is filled in for each alias, and told once.
    private final Set<String> told = new HashSet<>();

    private long filled;

    private Interpolation(Spot spot) {
        this.spot = spot;
    }

    static Yaml.Mapping fill(Yaml.Mapping file, Spot spot) {
        return (Yaml.Mapping) new Interpolation(spot).fill(file, spot.at());
    }

    private Yaml fill(Yaml node, At at) {
        return switch (node) {
            case Yaml.Scalar scalar ->
                scalar.kind() == Yaml.Kind.TEXT && scalar.text().indexOf('$') >= 0 ? fillText(scalar, at) : scalar;
            case Yaml.Sequence sequence -> {
                var items = new ArrayList<Yaml>(sequence.items().size());
                path.addLast("[]");
                for (var i = 0; i < sequence.items().size(); i++) {
                    items.add(fill(sequence.items().get(i), new At(at.reading(), at.path() + "[" + i + "]")));
                }
                path.removeLast();
                yield new Yaml.Sequence(sequence.place(), items);
            }
            case Yaml.Mapping mapping -> {
                var entries = new ArrayList<Yaml.Entry>(mapping.entries().size());
                for (var entry : mapping.entries()) {
                    var childPath = at.path().isEmpty() ? entry.key() : at.path() + "." + entry.key();
                    path.addLast(entry.key());
                    var value = fill(entry.value(), new At(at.reading(), childPath));
                    entries.add(new Yaml.Entry(entry.key(), entry.at(), value));
                    path.removeLast();
                }
                yield new Yaml.Mapping(mapping.place(), entries);
            }
        };
    }

    private Yaml fillText(Yaml.Scalar scalar, At at) {
        var text = ShellFolders.meant(scalar.text(), path, spot.variables());
        var template = Template.fill(text, spot.variables(), MOST_TEXT - filled);
        filled += template.text().length();
        var quiet = isSecret(scalar.text(), at);
        var secrets = template.used().stream()
                .map(name -> spot.variables().getOrDefault(name, ""))
                .filter(Sealed::is)
                .toList();
        if (!secrets.isEmpty() || template.used().stream().anyMatch(Secrets::isName)) {
            at.reading().filledWithSecret(at.path());
        }
        if (secrets.stream().anyMatch(Sealed::isUnknown)) {
            at.reading().unfilled(at.path());
        }
        if (template.fault() != null) {
            at.reading().error(scalar.place(), at.path(), quiet ? withoutText(template.fault()) : template.fault());
            at.reading().unfilled(at.path());
            return new Yaml.Scalar(scalar.place(), "", Yaml.Kind.TEXT, true);
        }
        warn(template, scalar, at, quiet);
        var cast = template.text().equals(scalar.text()) ? null : Casts.at(List.copyOf(path));
        if (cast == null) {
            return new Yaml.Scalar(scalar.place(), template.text(), Yaml.Kind.TEXT, true);
        }
        var value = cast.apply(scalar.place(), template.text());
        if (value == null) {
            at.reading()
                    .error(
                            scalar.place(),
                            at.path(),
                            "must be %s where its variables are filled in%s"
                                    .formatted(cast.what(), at.reading().got(at.path(), template.text())));
            at.reading().unfilled(at.path());
            return new Yaml.Scalar(scalar.place(), "", Yaml.Kind.TEXT, true);
        }
        return value;
    }

    private void warn(Template template, Yaml.Scalar scalar, At at, boolean quiet) {
        for (var name : template.unset()) {
            warn(
                    StackWarning.UNSET_VARIABLE,
                    scalar,
                    at,
                    "the variable %s is not set: nothing is filled in; give it a value in .env beside the file, or under vars in holdfast.yaml; or write ${%s:-} where nothing is meant"
                            .formatted(quiet ? "here" : Secrets.name(name), quiet ? "NAME" : Secrets.name(name)));
        }
        for (var trap : template.traps()) {
            warn(
                    StackWarning.COMPOSE_TRAP,
                    scalar,
                    at,
                    quiet ? "has a variable that does not mean what it seems" : trap);
        }
        for (var fault : template.overlooked()) {
            warn(
                    StackWarning.COMPOSE_TRAP,
                    scalar,
                    at,
                    (quiet ? withoutText(fault) : fault)
                            + "; docker stack deploy overlooks it, since another variable follows");
        }
    }

    private void warn(StackWarning code, Yaml.Scalar scalar, At at, String message) {
        if (told.add(scalar.place() + " " + code.word() + message)) {
            at.reading().warning(code, scalar.place(), at.path(), message);
        }
    }

    /// A password may have what looks like a variable.
    private static boolean isSecret(String text, At at) {
        var equals = text.indexOf('=');
        var key = at.path().substring(at.path().lastIndexOf('.') + 1);
        return Secrets.isName(key) || equals > 0 && Secrets.isName(text.substring(0, equals));
    }

    private static String withoutText(String fault) {
        return fault.startsWith("needs the variable") ? "needs a variable that has no value" : fault;
    }
}
