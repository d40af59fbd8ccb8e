package dev.holdfast.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Who of a plan waits for whom: an app is changed only once those that it depends on have converged, and held if one
/// of them has not.
public final class Dependents {

    private Dependents() {}

    /// The apps that are held if the change of this one fails, those that depend on them included.
    public static List<String> of(Plan plan, String app) {
        var found = new TreeSet<String>();
        var open = new ArrayList<>(List.of(app));
        while (!open.isEmpty()) {
            var next = open.removeLast();
            plan.changes().stream()
                    .filter(change -> after(change).contains(next) && found.add(change.app()))
                    .forEach(change -> open.add(change.app()));
        }
        return List.copyOf(found);
    }

    private static Set<String> after(Change change) {
        return switch (change) {
            case Change.CreateService create -> create.after();
            case Change.UpdateService update -> update.after();
            default -> Set.of();
        };
    }
}
