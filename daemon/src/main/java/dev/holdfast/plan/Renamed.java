package dev.holdfast.plan;

import java.util.List;
import java.util.TreeSet;

/// A commit that gives the cluster another name. All that runs carries the old one, so under the new one nothing of it
/// is there: each app would look like somebody else's, and each new one would stand alone. Nothing at all is done.
final class Renamed {

    private Renamed() {}

    static List<Hold> holds(Situation situation, String former) {
        var apps = new TreeSet<>(situation.desired().broken());
        situation.desired().apps().forEach(declared -> apps.add(declared.app().name()));
        var message = "this commit renames the cluster from \"" + former + "\" to \"" + situation.cluster()
                + "\", and what runs belongs to \"" + former
                + "\": it goes on as it is, and nothing is created, changed"
                + " or removed until the name is back";
        var allow = "cluster: " + former + "   # in holdfast.yaml: put the name back\n"
                + "# Holdfast renames no cluster. To have the new name would mean to remove"
                + " all services, networks, secrets and configs of \"" + former
                + "\" by hand, so that every app stops, and to apply again with `adopt: true`"
                + " in each app that has data. The data itself stays on its nodes.";
        return apps.stream()
                .map(app -> new Hold(app, HoldCode.CLUSTER_RENAMED, message, allow))
                .toList();
    }
}
