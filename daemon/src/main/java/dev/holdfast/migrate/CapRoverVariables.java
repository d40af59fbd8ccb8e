package dev.holdfast.migrate;

import dev.holdfast.yaml.Placeholder;
import dev.holdfast.yaml.Secrets;
import dev.holdfast.yaml.Yaml;
import dev.holdfast.yaml.YamlTree;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The variables of a CapRover template, `$$cap_…`, and what stands for them in app files: the value that was given,
/// the default, or a variable of `holdfast.yaml` where only a person can say it or nobody but the app should read it.
final class CapRoverVariables {

    static final String APP = "$$cap_appname";
    static final String ROOT = "$$cap_root_domain";
    static final String ROOT_DOMAIN = "ROOT_DOMAIN";

    private static final String START = "$$cap_";
    private static final Pattern TOKEN = Pattern.compile("\\$\\$cap_(?:gen_random_hex\\(\\d+\\)|\\w+)");

    private final String app;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, Imported.Wanted> meanings = new HashMap<>();
    private final SortedMap<String, Imported.Wanted> wanted = new TreeMap<>();
    private final List<String> ids;

    /// Those that do not begin with `$$cap_`: CapRover fills in whatever is declared.
    private final List<String> otherIds;

    /// @param declared the ids of the template with the rest of what it says about each
    /// @param given what the person has set, by id with or without `$$cap_`
    CapRoverVariables(String app, Map<String, Yaml.Mapping> declared, Map<String, String> given) {
        this.app = app;
        values.put(APP, app);
        values.put(
                ROOT,
                placeholderOf(ROOT_DOMAIN, new Imported.Wanted(false, "the domain below which the apps are reached")));
        given.forEach((name, value) -> values.put(
                name.startsWith(START) || declared.containsKey(name) || !declared.containsKey("$$" + name)
                        ? name.startsWith("$$") ? name : START + name
                        : "$$" + name,
                value));
        declared.forEach((id, about) -> values.put(id, value(id, about, values.get(id))));
        ids = values.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        otherIds = ids.stream()
                .filter(id -> id.startsWith("$$") && !id.startsWith(START) && id.length() > 2)
                .toList();
    }

    /// The variables that `vars` needs, with what each is.
    SortedMap<String, Imported.Wanted> wanted() {
        return Collections.unmodifiableSortedMap(wanted);
    }

    private String value(String id, Yaml.Mapping about, @Nullable String given) {
        var text = given != null ? given : text(about.get("defaultValue"));
        var label = label(about);
        if (id.equals(APP)) {
            return app;
        }
        if (Secrets.isName(plain(id)) || text != null && text.contains("$$cap_gen_random")) {
            return placeholder(id, Imported.Wanted.secret(label));
        }
        var optional = about.get("defaultValue") instanceof Yaml.Scalar written && !Yaml.isNull(written);
        return text != null
                ? text
                : optional ? "" : placeholder(id, new Imported.Wanted(false, label == null ? "has no default" : label));
    }

    private static String plain(String id) {
        return id.replaceFirst("^\\$\\$(cap_)?", "");
    }

    private static @Nullable String label(Yaml.Mapping about) {
        var label = text(about.get("label"));
        return label == null ? null : label.replaceAll("\\s+", " ");
    }

    static @Nullable String text(@Nullable Yaml node) {
        return node instanceof Yaml.Scalar scalar
                        && !Yaml.isNull(node)
                        && !scalar.text().isBlank()
                ? scalar.text().strip()
                : null;
    }

    private String placeholder(String id, Imported.Wanted meaning) {
        return placeholderOf(SecretValues.variable(app, plain(id)), meaning);
    }

    private String placeholderOf(String name, Imported.Wanted meaning) {
        meanings.putIfAbsent(name, meaning);
        return Placeholder.of(name);
    }

    /// The value of a variable of the environment: what its name calls a secret is left to a variable, too.
    String environment(String service, String name, String text) {
        if (SecretValues.is(name, text) && !text.contains(START)) {
            return used(placeholderOf(SecretValues.variable(service, name), Imported.Wanted.secret(null)));
        }
        return filled(text);
    }

    /// The text with all variables filled in, those in the values of others too.
    String filled(String text) {
        var filled = text;
        for (var depth = 0; depth < 5 && filled.contains("$$"); depth++) {
            for (var id : otherIds) {
                filled = filled.replace(id, values.getOrDefault(id, ""));
            }
            filled = TOKEN.matcher(filled)
                    .replaceAll(match -> java.util.regex.Matcher.quoteReplacement(once(match.group())));
        }
        return used(filled);
    }

    private String used(String text) {
        Placeholder.names(text)
                .forEach(name -> wanted.put(name, meanings.getOrDefault(name, new Imported.Wanted(false, ""))));
        return text;
    }

    private String once(String token) {
        for (var id : ids) {
            if (token.startsWith(id)) {
                return values.getOrDefault(id, "") + token.substring(id.length());
            }
        }
        return placeholder(
                token.replaceAll("\\(.*", ""),
                token.contains("gen_random")
                        ? Imported.Wanted.secret(null)
                        : new Imported.Wanted(false, "the template does not declare it"));
    }

    /// The whole tree, keys as well.
    Yaml filled(Yaml node) {
        return switch (node) {
            case Yaml.Scalar scalar -> {
                var text = filled(scalar.text());
                yield text.equals(scalar.text()) ? scalar : YamlTree.text(text);
            }
            case Yaml.Sequence list ->
                YamlTree.list(list.items().stream().map(this::filled).toList());
            case Yaml.Mapping mapping -> {
                var entries = new LinkedHashMap<String, Yaml>();
                mapping.entries().forEach(entry -> entries.put(filled(entry.key()), filled(entry.value())));
                yield YamlTree.mapping(entries);
            }
        };
    }
}
