package dev.holdfast.plan;

import dev.holdfast.app.App;
import dev.holdfast.app.Directory;
import dev.holdfast.app.HostPath;
import dev.holdfast.app.Scratch;
import dev.holdfast.app.Tmpfs;
import dev.holdfast.live.Mount;
import dev.holdfast.survey.Survey;
import dev.holdfast.value.TidyPath;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Data that nobody has declared: an image's `VOLUME` that no directory covers gets a volume without a name, which dies
/// with the task (rule `opt-in`). Known from the image, where the manager's engine has it; else from the last look at
/// the app's containers, which the ledger remembers.
final class Undeclared {

    private Undeclared() {}

    static List<Warning> warnings(Situation situation) {
        var seen = remembered(situation);
        return situation.desired().apps().stream()
                .map(declared -> declared.app())
                .flatMap(app -> {
                    var known = situation.images().volumes().get(app.name());
                    return uncovered(app, known != null ? known : seen.getOrDefault(app.name(), List.of()));
                })
                .toList();
    }

    /// By service, where its containers keep data that is not declared: of those that a look has seen, what it saw,
    /// of the others what is known from before.
    static Map<String, List<String>> remembered(Situation situation) {
        var found = new HashMap<String, TreeSet<String>>();
        for (var node : situation.survey().nodes().values()) {
            for (var container : node.containers()) {
                if (container.isRunning() && !container.service().isEmpty()) {
                    found.computeIfAbsent(container.service(), service -> new TreeSet<>())
                            .addAll(anonymous(container));
                }
            }
        }
        var all = new TreeMap<String, List<String>>();
        for (var service : situation.live().managed(situation.cluster())) {
            var now = found.get(service.name());
            Collection<String> targets =
                    now != null ? now : situation.ledger().undeclared().getOrDefault(service.name(), List.of());
            if (!targets.isEmpty()) {
                all.put(service.name(), List.copyOf(targets));
            }
        }
        return Map.copyOf(all);
    }

    private static List<String> anonymous(Survey.Container container) {
        return container.mounts().stream()
                .filter(mount -> Survey.Volume.isAnonymous(mount.source()))
                .map(Mount::target)
                .toList();
    }

    /// Only what is mounted exactly there covers it: above and below, the engine still makes the volume.
    private static Stream<Warning> uncovered(App app, Collection<String> targets) {
        var covered = Stream.of(
                        app.directories().stream().map(Directory::target),
                        app.scratch().stream().map(Scratch::target),
                        app.tmpfs().stream().map(Tmpfs::target),
                        app.hostPaths().stream().map(HostPath::target))
                .flatMap(covering -> covering)
                .collect(Collectors.toSet());
        return targets.stream()
                .map(TidyPath::of)
                .filter(target -> !covered.contains(target))
                .map(target -> new Warning(
                        app.name(),
                        WarningCode.UNDECLARED_VOLUME,
                        "its image keeps data at " + target + ", and no directory of the app covers that:"
                                + " what is written there is lost with the task"));
    }
}
