package dev.holdfast.compose;

import org.jspecify.annotations.Nullable;

/// The keys of `credential_spec`, and the record that they become.
final class CredentialKeys {

    private static final Key<String> CONFIG =
            Key.<String>of("config", Grammars.TEXT).since(8);
    private static final Key<String> FILE = Key.of("file", Grammars.TEXT);
    private static final Key<String> REGISTRY = Key.of("registry", Grammars.TEXT);
    static final Table TABLE = Table.of(CONFIG, FILE, REGISTRY);

    private CredentialKeys() {}

    static ComposeSurroundings.@Nullable CredentialSpec record(@Nullable Values values) {
        if (values == null) {
            return null;
        }
        var spec = new ComposeSurroundings.CredentialSpec(
                nonEmpty(values.get(CONFIG)), nonEmpty(values.get(FILE)), nonEmpty(values.get(REGISTRY)));
        return spec.config() == null && spec.file() == null && spec.registry() == null ? null : spec;
    }

    private static @Nullable String nonEmpty(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
