package dev.holdfast.app;

import dev.holdfast.yaml.Reading;
import dev.holdfast.yaml.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Variables that are in encrypted files: `vars: { NAME: { sops: FILE, key: KEY } }`, where the key is the variable's
/// name unless it is said.
final class SopsVars {

    private static final Set<String> KEYS = Set.of("sops", "key");

    private final SopsFiles files;
    private final Reading reading;
    private final Map<String, String> unread = new TreeMap<>();

    SopsVars(SopsFiles files, Reading reading) {
        this.files = files;
        this.reading = reading;
    }

    /// Variables whose file could not be opened, and that file.
    Map<String, String> unread() {
        return unread;
    }

    /// The same document with the values in the place of the files.
    Yaml filled(Yaml document) {
        if (!(document instanceof Yaml.Mapping mapping) || !(mapping.get("vars") instanceof Yaml.Mapping vars)) {
            return document;
        }
        var values = new ArrayList<Yaml.Entry>();
        for (var entry : vars.entries()) {
            var from = entry.value() instanceof Yaml.Mapping each && each.get("sops") != null ? each : null;
            var value = from == null ? entry.value() : value(entry.key(), from);
            if (value != null) {
                values.add(new Yaml.Entry(entry.key(), entry.at(), value));
            }
        }
        var entries = new ArrayList<Yaml.Entry>();
        for (var entry : mapping.entries()) {
            entries.add(
                    entry.key().equals("vars")
                            ? new Yaml.Entry(entry.key(), entry.at(), new Yaml.Mapping(vars.place(), values))
                            : entry);
        }
        return new Yaml.Mapping(mapping.place(), entries);
    }

    private @Nullable Yaml value(String name, Yaml.Mapping from) {
        var path = "vars." + name;
        for (var entry : from.entries()) {
            if (!KEYS.contains(entry.key()) || !(entry.value() instanceof Yaml.Scalar scalar) || !scalar.isText()) {
                reading.error(entry.at(), path, "takes a text, or sops with a file and key with a key in it");
                return null;
            }
        }
        var file = text(from, "sops", "");
        var key = text(from, "key", name);
        var opened = files.open(file, message -> reading.error(from.place(), path + ".sops", message));
        if (opened.isEmpty()) {
            unread.put(name, file);
            return null;
        }
        reading.filledWithSecret(path);
        return files.value(opened.get(), file, key, message -> reading.error(from.place(), path + ".key", message))
                .map(bytes -> Yaml.Scalar.text(from.place(), new String(bytes, StandardCharsets.UTF_8)))
                .orElse(null);
    }

    static String unread(String name, String file) {
        return "needs the variable %s, which is in %s, and that file could not be opened".formatted(name, file);
    }

    private static String text(Yaml.Mapping mapping, String key, String absent) {
        return mapping.get(key) instanceof Yaml.Scalar scalar ? scalar.text() : absent;
    }
}
