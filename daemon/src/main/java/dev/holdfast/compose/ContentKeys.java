package dev.holdfast.compose;

import dev.holdfast.yaml.Yaml;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The keys of a secret or config of a stack, and the record that they become.
final class ContentKeys {

    private static final Key<String> NAME =
            Key.<String>of("name", Grammars.TEXT).since(5);
    private static final Key<String> FILE = Key.of("file", Grammars.TEXT);
    private static final Key<External> EXTERNAL = Key.of("external", External::ofContent);
    private static final Key<SortedMap<String, String>> LABELS = Key.of("labels", Pairs.LABELS);
    private static final Key<String> TEMPLATE_DRIVER =
            Key.<String>of("template_driver", Grammars.TEXT).since(8);
    private static final Key<String> DRIVER =
            Key.<String>of("driver", Grammars.TEXT).since(8);
    private static final Key<SortedMap<String, String>> DRIVER_OPTS =
            Key.<SortedMap<String, String>>of("driver_opts", Pairs.OPTIONS).since(8);

    private static final Table CONFIG = Table.of(NAME, FILE, EXTERNAL, LABELS, TEMPLATE_DRIVER)
            .withExtensions(7)
            .withHints(RefusedKeys.OF_CONTENT);
    private static final Table SECRET = Table.of(NAME, FILE, EXTERNAL, LABELS, TEMPLATE_DRIVER, DRIVER, DRIVER_OPTS)
            .withExtensions(7)
            .withHints(RefusedKeys.OF_CONTENT);

    private static final String EXTENSION = "x-holdfast";

    private ContentKeys() {}

    static @Nullable ComposeContent secret(String stack, StackFolder folder, Yaml.Entry entry, Spot spot) {
        return read(SECRET, stack, folder, entry, spot);
    }

    static @Nullable ComposeContent config(String stack, StackFolder folder, Yaml.Entry entry, Spot spot) {
        return read(CONFIG, stack, folder, entry, spot);
    }

    private static @Nullable ComposeContent read(
            Table table, String stack, StackFolder folder, Yaml.Entry entry, Spot spot) {
        if (Yaml.isNull(entry.value())) {
            return spot.wrong(entry.value(), "has nothing behind it; write file: …, or external: true");
        }
        var values = table.read(entry.value(), spot);
        if (values == null) {
            return null;
        }
        var external = values.get(EXTERNAL, External.NO);
        var name = external.nameIn(stack, entry.key(), values.get(NAME), entry.value(), spot);
        var driver = values.get(DRIVER, "");
        var file = external.is() ? null : file(values, driver, folder, entry, spot);
        if (name == null || file == null && !external.is() && driver.isEmpty()) {
            return null;
        }
        var template = values.get(TEMPLATE_DRIVER, "");
        return new ComposeContent(
                entry.key(),
                entry.at(),
                name,
                external.is(),
                file,
                file == null ? null : sopsKey(entry.value(), spot),
                values.get(LABELS, new TreeMap<>()),
                driver.isEmpty() ? null : driver,
                values.get(DRIVER_OPTS, new TreeMap<>()),
                template.isEmpty() ? null : template);
    }

    /// Null where `x-holdfast` says none.
    private static @Nullable String sopsKey(Yaml content, Spot spot) {
        var own = content instanceof Yaml.Mapping mapping ? mapping.get(EXTENSION) : null;
        if (own == null) {
            return null;
        }
        if (own instanceof Yaml.Mapping mapping
                && mapping.entries().size() == 1
                && mapping.get("key") instanceof Yaml.Scalar key
                && key.isText()
                && !key.text().isEmpty()) {
            return key.text();
        }
        spot.key(EXTENSION, own).error(own.place(), "", "takes key: NAME, which value of the encrypted file it is");
        return null;
    }

    /// Null where a driver has it, or after reporting what is wrong.
    private static @Nullable String file(
            Values values, String driver, StackFolder folder, Yaml.Entry entry, Spot spot) {
        var written = values.get(FILE, "");
        var place = values.place(FILE);
        if (!driver.isEmpty()) {
            if (!written.isEmpty() && place != null) {
                spot.error(place, FILE.name(), "does not go with driver; remove one of them");
            }
            return null;
        }
        if (written.isEmpty()) {
            return spot.at().reading().hasFailedBelow(spot.at().path())
                    ? null
                    : spot.wrong(entry.value(), "has neither file nor external: true");
        }
        var node = entry.value() instanceof Yaml.Mapping mapping ? mapping.get(FILE.name()) : null;
        return node == null ? null : folder.file(written, node, spot.key(FILE.name(), node));
    }
}
