package dev.holdfast.spec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.app.App;
import org.jspecify.annotations.Nullable;

/// More lines for `/etc/hosts`.
final class ExtraHostsPart implements SpecPart {

    @Override
    public @Nullable JsonNode write(App app, SpecContext context) {
        var lines = app.extraHosts().stream()
                .map(host -> host.ip() + " " + host.host())
                .distinct()
                .toList();
        return Specs.orNothing(Specs.array(lines));
    }

    /// `1.2.3.4 a b` is two entries; what is said first of a name is looked at first.
    @Override
    public void read(String word, JsonNode node, Side side, FieldValues values) {
        for (var line : Specs.strings(node)) {
            var words = line.strip().split("\\s+");
            for (int i = 1; i < words.length; i++) {
                values.put(word + "." + words[i], words[0]);
            }
            if (words.length == 1) {
                values.put(word, words[0]);
            }
        }
    }
}
