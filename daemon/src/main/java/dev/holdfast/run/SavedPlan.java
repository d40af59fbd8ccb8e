package dev.holdfast.run;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.live.Live;
import dev.holdfast.live.Service;
import dev.holdfast.plan.Plan;
import dev.holdfast.report.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A plan that somebody has read, to be applied as it was read or not at all: `plan --out FILE`, then `apply FILE`.
///
/// @param commit that was planned
/// @param versions of every service of the Swarm that Holdfast owns or the plan touches, by name
/// @param plan as `plan -o json` prints it
public record SavedPlan(String cluster, String commit, Map<String, Long> versions, JsonNode plan) {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int FORMAT = 1;

    /// @throws RunRefused where the plan is of files that no commit has
    public static SavedPlan of(Reconciler.Planned planned) {
        var commit = planned.commit();
        if (commit == null || planned.dirty()) {
            throw new RunRefused(
                    "a plan can only be saved of a commit, and these files are of none: commit them, or say --ref",
                    planned.desired());
        }
        var plan = planned.plan();
        return new SavedPlan(plan.cluster(), commit, versions(planned.live(), plan), Json.plan(plan));
    }

    private static Map<String, Long> versions(Live live, Plan plan) {
        var touched = plan.changes().stream().map(change -> change.name()).collect(Collectors.toSet());
        var versions = new TreeMap<String, Long>();
        for (var service : live.services()) {
            if (service.belongsTo(plan.cluster()) || touched.contains(service.name())) {
                versions.put(service.name(), service.version());
            }
        }
        return versions;
    }

    public ObjectNode json() {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("format", FORMAT).put("cluster", cluster).put("commit", commit);
        var services = json.putObject("services");
        versions.forEach(services::put);
        json.set("plan", plan);
        return json;
    }

    /// @throws RunRefused where the file is no saved plan
    public static SavedPlan read(Path file) {
        try {
            var json = MAPPER.readTree(Files.readAllBytes(file));
            if (json.path("format").asInt() != FORMAT || !json.path("plan").isObject()) {
                throw new RunRefused(file + " is no plan that `holdfast plan --out` has written", null);
            }
            var versions = new TreeMap<String, Long>();
            json.path("services")
                    .properties()
                    .forEach(each -> versions.put(each.getKey(), each.getValue().asLong()));
            return new SavedPlan(
                    json.path("cluster").asText(), json.path("commit").asText(), versions, json.path("plan"));
        } catch (JacksonException e) {
            throw new RunRefused(file + " is no plan that `holdfast plan --out` has written", null);
        } catch (IOException e) {
            throw new RunRefused("cannot read " + file + ": " + e.getMessage(), null);
        }
    }

    /// Checks that nothing has moved on since the plan was saved.
    ///
    /// @param now the plan of now, without a look at the disks, as the saved one is
    /// @throws RunRefused saying what has moved on
    void require(@Nullable String commitNow, Live live, Plan now) {
        if (!commit.equals(commitNow)) {
            throw refused(List.of("the repository is at " + (commitNow == null ? "no commit" : commitNow)
                    + ", and the plan was made for " + commit));
        }
        if (!cluster.equals(now.cluster())) {
            throw refused(List.of("the plan is for cluster " + cluster + ", not " + now.cluster()));
        }
        var moved = moved(versions(live, now), live);
        if (!moved.isEmpty()) {
            throw refused(moved);
        }
        var json = Json.plan(now);
        for (var part : List.of("changes", "holds", "failed")) {
            if (!json.path(part).equals(plan.path(part))) {
                throw refused(List.of("the same commit now gives another plan (its " + part + " differ)"));
            }
        }
    }

    private List<String> moved(Map<String, Long> live, Live swarm) {
        var names = new TreeSet<>(versions.keySet());
        names.addAll(live.keySet());
        var moved = new ArrayList<String>();
        for (var name : names) {
            var then = versions.get(name);
            var service = swarm.service(name);
            if (then == null) {
                moved.add("service " + name + " is new");
            } else if (service.isEmpty()) {
                moved.add("service " + name + " is gone");
            } else if (service.map(Service::version).filter(then::equals).isEmpty()) {
                moved.add("service " + name + " has changed (version " + then + " → "
                        + service.get().version() + ")");
            }
        }
        return moved;
    }

    private static RunRefused refused(List<String> why) {
        return new RunRefused(
                "the saved plan is out of date, and nothing was touched: " + String.join("; ", why) + ". Plan again",
                null);
    }
}
