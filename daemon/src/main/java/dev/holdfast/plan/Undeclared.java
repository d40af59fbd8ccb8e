package dev.holdfast.plan;

import dev.holdfast.ledger.Survey;
import dev.holdfast.live.Mount;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Data that nobody has declared: an image's `VOLUME` that no directory covers gets a volume without a name, which dies
/// with the task (product rule 1). Known where a look has seen the app's container.
final class Undeclared {

    /// How the engine names a volume that nobody named.
    private static final Pattern ANONYMOUS = Pattern.compile("[0-9a-f]{64}");

    private Undeclared() {}

    static List<Warning> warnings(Situation situation) {
        var warnings = new TreeSet<Warning>(
                java.util.Comparator.comparing(Warning::app).thenComparing(Warning::message));
        for (var seen : situation.survey().nodes().values()) {
            for (var container : seen.containers()) {
                var service = situation.live().service(container.service());
                if (container.isRunning()
                        && service.filter(s -> s.belongsTo(situation.cluster())).isPresent()) {
                    container.mounts().stream()
                            .filter(mount -> ANONYMOUS.matcher(mount.source()).matches())
                            .forEach(mount -> warnings.add(warning(container, mount)));
                }
            }
        }
        return List.copyOf(warnings);
    }

    private static Warning warning(Survey.Container container, Mount mount) {
        return new Warning(
                container.service(),
                "undeclared-volume",
                "its image keeps data at " + mount.target() + ", and no directory of the app covers that:"
                        + " what is written there is lost with the task");
    }
}
