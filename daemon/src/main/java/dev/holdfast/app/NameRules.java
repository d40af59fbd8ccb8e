package dev.holdfast.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Every app has a name of its own. Upper and lower case do not tell names apart: the engine's DNS does not either.
final class NameRules {

    private NameRules() {}

    static void check(List<AppDocument> documents, RepositoryReader.Read repository) {
        Map<String, List<AppDocument>> byName = new LinkedHashMap<>();
        for (var document : documents) {
            if (document.name() != null) {
                byName.computeIfAbsent(document.name().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                        .add(document);
            }
        }
        for (var same : byName.values()) {
            for (var document : same.size() > 1 ? same : List.<AppDocument>of()) {
                var others = same.stream()
                        .filter(other -> other != document)
                        .map(AppDocument::where)
                        .collect(Collectors.joining(" and "));
                document.error("name", "the name is taken by " + others);
            }
        }
        var allowed = repository.repository().brakes().allowRemovals();
        for (var i = 0; i < allowed.size(); i++) {
            if (byName.containsKey(allowed.get(i).toLowerCase(Locale.ROOT))) {
                var path = "brakes.allow_removals[" + i + "]";
                repository
                        .reading()
                        .warning(
                                null,
                                repository.reading().placeOf(path),
                                path,
                                "the app \"%s\" is there; remove the line".formatted(allowed.get(i)));
            }
        }
        repository.repository().volumes().forEach((name, volume) -> sharedNeedsStorage(repository, name, volume));
    }

    /// Whatever the file claims.
    private static void sharedNeedsStorage(RepositoryReader.Read repository, String name, Repository.Volume volume) {
        if (volume.shared() && !volume.mayBeShared()) {
            repository
                    .reading()
                    .error(
                            "volumes." + name + ".shared",
                            "a local volume is on one node only; remove shared, or give driver_opts of a network file"
                                    + " system such as type: nfs");
        }
    }
}
