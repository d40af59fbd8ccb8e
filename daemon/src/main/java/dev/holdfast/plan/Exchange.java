package dev.holdfast.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.live.Service;
import dev.holdfast.value.ImageReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Changes of a plan that pass data on, from one to the next or in a circle: a rename, a split, a merge, a swap. If one
/// of them cannot take what it shall have, its giver gets it back (rule `seen-gone`), and then nobody else of them can
/// keep what that giver had or got instead: so all of them go back to what they were.
///
/// @param changes in the plan's order
public record Exchange(List<Change> changes) {

    public static List<Exchange> of(Plan plan) {
        var given = plan.changes().stream()
                .flatMap(change -> change.takesFrom().stream())
                .collect(Collectors.toSet());
        var open = new ArrayList<>(plan.changes().stream()
                .filter(change -> !change.takesFrom().isEmpty() || given.contains(id(change)))
                .toList());
        var exchanges = new ArrayList<Exchange>();
        while (!open.isEmpty()) {
            var tied = tied(open.getFirst(), open);
            open.removeAll(tied);
            if (tied.size() > 1) {
                exchanges.add(new Exchange(tied));
            }
        }
        return List.copyOf(exchanges);
    }

    /// All that one change is tied to, itself included.
    private static List<Change> tied(Change first, List<Change> all) {
        var found = new HashSet<Change>(Set.of(first));
        while (all.stream()
                .anyMatch(change -> !found.contains(change)
                        && found.stream().anyMatch(known -> takes(change, known) || takes(known, change))
                        && found.add(change))) {
            // Until nobody new is found.
        }
        return all.stream().filter(found::contains).toList();
    }

    private static boolean takes(Change taker, Change giver) {
        return taker.takesFrom().contains(id(giver));
    }

    private static String id(Change change) {
        return switch (change) {
            case Change.UpdateService update -> update.id();
            case Change.RemoveService remove -> remove.id();
            default -> "";
        };
    }

    public boolean has(String app) {
        return changes.stream().anyMatch(change -> change.app().equals(app));
    }

    /// Who should have taken data and did not.
    ///
    /// @param bad whether an app has failed or is held
    public List<String> failed(Predicate<String> bad) {
        return changes.stream()
                .filter(this::isTaker)
                .map(Change::app)
                .filter(bad)
                .toList();
    }

    public boolean isTaker(Change change) {
        return changes.stream().anyMatch(giver -> takes(change, giver));
    }

    public boolean isGiver(Change change) {
        return changes.stream().anyMatch(taker -> takes(taker, change));
    }

    /// Whether the service gets its former spec again. A new one has none; and who gives nothing, but would run an
    /// older image on its own data, stays stopped instead (rule `seen-gone`).
    ///
    /// @param before the service as it was when the plan was made
    public boolean isPutBack(Change change, Service before) {
        return switch (change) {
            case Change.RemoveService _ -> true;
            case Change.UpdateService update ->
                isGiver(update) || image(update.spec()).equals(image(before.spec()));
            default -> false;
        };
    }

    private static String image(JsonNode spec) {
        return ImageReference.of(spec.path("TaskTemplate")
                        .path("ContainerSpec")
                        .path("Image")
                        .asText())
                .familiar();
    }
}
