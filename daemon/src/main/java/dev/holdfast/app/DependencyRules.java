package dev.holdfast.app;

import dev.holdfast.yaml.Words;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `depends_on` names apps that are there, and never leads back to where it began.
final class DependencyRules {

    private final Map<String, AppDocument> byName = new LinkedHashMap<>();

    private DependencyRules(List<AppDocument> documents) {
        for (var document : documents) {
            if (document.name() != null) {
                byName.putIfAbsent(document.name(), document);
            }
        }
    }

    static void check(List<AppDocument> documents) {
        var rules = new DependencyRules(documents);
        documents.forEach(rules::check);
    }

    private void check(AppDocument document) {
        var app = document.app();
        if (app == null) {
            return;
        }
        for (var i = 0; i < app.dependsOn().size(); i++) {
            var other = app.dependsOn().get(i);
            var path = "depends_on[" + document.reading().fileIndex("depends_on", i) + "]";
            if (other.equals(document.name())) {
                document.error(path, "an app cannot depend on itself");
            } else if (!byName.containsKey(other)) {
                document.error(
                        path, "there is no app \"%s\"".formatted(other) + Words.didYouMean(other, byName.keySet()));
            }
        }
        var cycle = document.name() == null ? null : cycle(document.name());
        if (cycle != null) {
            document.error("depends_on", "the apps wait for each other: " + cycle);
        }
    }

    /// The shortest way from an app back to itself over others, or null.
    private @Nullable String cycle(String start) {
        var cameFrom = new HashMap<String, String>();
        var queue = new ArrayDeque<>(List.of(start));
        while (!queue.isEmpty()) {
            var name = queue.remove();
            for (var next : dependencies(name)) {
                if (next.equals(start) && !name.equals(start)) {
                    return way(start, name, cameFrom);
                }
                if (!next.equals(start) && cameFrom.putIfAbsent(next, name) == null) {
                    queue.add(next);
                }
            }
        }
        return null;
    }

    private static String way(String start, String last, Map<String, String> cameFrom) {
        var names = new ArrayDeque<>(List.of(start));
        for (var name = last; name != null && !name.equals(start); name = cameFrom.get(name)) {
            names.addFirst(name);
        }
        names.addFirst(start);
        return String.join(" → ", names);
    }

    /// Those that it names, and the owners of data that it writes too.
    private Collection<String> dependencies(String name) {
        var document = byName.get(name);
        return document == null || document.app() == null
                ? List.of()
                : document.app().startsAfter();
    }
}
