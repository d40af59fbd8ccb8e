package dev.holdfast.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.Anchor;

/// A list or mapping whose end the parser has not reached yet.
final class YamlFrame {

    /// A finished value, how many levels it has and how many values it holds, aliases expanded.
    ///
    /// @param merges whether this is a plain `<<`
    record Sized(Yaml node, int height, long size, boolean merges) {}

    final Yaml.Place place;
    final @Nullable Anchor anchor;
    private final boolean mapping;
    private final Problems problems;
    private final Set<Yaml.Place> unresolved;
    private final List<Yaml> items = new ArrayList<>();
    private final List<Yaml.Entry> entries = new ArrayList<>();
    private final Map<String, Yaml.Place> seen = new HashMap<>();
    private final boolean namesAreShown;
    private final boolean holdsSecrets;
    private @Nullable Yaml merged;
    private @Nullable Sized key;
    private Yaml.Place keyPlace;
    private int height;
    private long size = 1;

    /// @param parent null at the top of a document
    /// @param unresolved aliases that have no anchor, which was told
    YamlFrame(
            Yaml.Place place,
            boolean mapping,
            @Nullable Anchor anchor,
            @Nullable YamlFrame parent,
            Set<Yaml.Place> unresolved,
            Problems problems) {
        var named = parent == null ? null : parent.openKey();
        this.namesAreShown = parent == null || !parent.holdsSecrets && (named == null || !Secrets.isName(named));
        this.holdsSecrets = parent != null && parent.nextIsSecret();
        this.place = place;
        this.keyPlace = place;
        this.mapping = mapping;
        this.anchor = anchor;
        this.unresolved = unresolved;
        this.problems = problems;
    }

    private @Nullable String openKey() {
        return key != null && key.node() instanceof Yaml.Scalar scalar ? scalar.text() : null;
    }

    /// Whether the value that comes next may be a secret, so that nothing of it is quoted.
    boolean nextIsSecret() {
        var named = openKey();
        return holdsSecrets || named != null && Secrets.mayStandBelow(named);
    }

    /// Takes the next value and returns the size so far.
    long add(Sized next, Yaml.Place at) {
        size += next.size();
        height = Math.max(height, next.height() + 1);
        if (!mapping) {
            items.add(next.node());
        } else if (key == null) {
            key = next;
            keyPlace = at;
        } else {
            entry(key, next.node());
            key = null;
        }
        return size;
    }

    private void entry(Sized key, Yaml value) {
        if (!(key.node() instanceof Yaml.Scalar scalar)) {
            problems.error(keyPlace, "", "a key must be text, not %s".formatted(Yaml.nameOf(key.node())));
            return;
        }
        if (scalar.kind() == Yaml.Kind.NULL) {
            problems.error(keyPlace, "", "the key before this \":\" is missing");
            return;
        }
        if (scalar.kind() != Yaml.Kind.TEXT) {
            problems.error(keyPlace, "", "a key must be text; write it in quotes");
        }
        var first = seen.putIfAbsent(scalar.text(), keyPlace);
        if (first != null) {
            problems.error(
                    keyPlace,
                    "",
                    "key %sis there twice, first in line %d"
                            .formatted(
                                    namesAreShown ? "\"%s\" ".formatted(Secrets.name(scalar.text())) : "",
                                    first.line()));
        } else if (key.merges()) {
            merged = value;
        } else {
            entries.add(new Yaml.Entry(scalar.text(), keyPlace, value));
        }
    }

    Sized close() {
        if (!mapping) {
            return new Sized(new Yaml.Sequence(place, List.copyOf(items)), height, size, false);
        }
        switch (merged) {
            case null -> {}
            case Yaml.Mapping one -> merge(one);
            case Yaml.Sequence several -> several.items().forEach(this::mergeItem);
            case Yaml.Scalar scalar -> mergeItem(scalar);
        }
        return new Sized(new Yaml.Mapping(place, List.copyOf(entries)), height, size, false);
    }

    private void mergeItem(Yaml item) {
        if (item instanceof Yaml.Mapping one) {
            merge(one);
        } else if (!unresolved.contains(item.place())) {
            problems.error(item.place(), "", "<< takes a mapping or a list of mappings, such as *common");
        }
    }

    /// The mapping's own keys win, then those of the first mapping that has them.
    private void merge(Yaml.Mapping other) {
        for (var entry : other.entries()) {
            if (seen.putIfAbsent(entry.key(), entry.at()) == null) {
                entries.add(entry);
            }
        }
    }
}
