package dev.holdfast.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.live.Labels;

/// The spec of an app that runs on a schedule: a service with no instance, which a run gives one that is not started
/// again. It keeps that one when the run is over, so that `docker service ps` and `docker service logs` still show it;
/// any other write takes it away, since Swarm would run an instance of another spec.
public final class ScheduledSpec {

    private static final String REPLICATED = "/Mode/Replicated";

    private ScheduledSpec() {}

    public static boolean is(JsonNode spec) {
        return spec.path("Labels").has(Labels.SCHEDULE);
    }

    /// The spec that runs it once more.
    ///
    /// @param runs what its label says then: this run as one that goes on
    public static ObjectNode started(JsonNode spec, RunsLabel runs) {
        var started = with(spec, runs);
        var template = started.withObject("/TaskTemplate");
        template.put("ForceUpdate", template.path("ForceUpdate").asLong() + 1);
        started.withObject(REPLICATED).put("Replicas", 1);
        return started;
    }

    /// The same spec, with other words for what has run: no task is touched.
    public static ObjectNode with(JsonNode spec, RunsLabel runs) {
        var labelled = (ObjectNode) spec.deepCopy();
        labelled.withObject("/Labels").put(Labels.RUNS, runs.write());
        return labelled;
    }

    /// Writes into a spec that is about to be sent what has run so far: with the end of the last run, which nobody
    /// could tell any more once its task is gone.
    public static void tell(ObjectNode spec, RunsLabel runs) {
        if (is(spec) && !runs.runs().isEmpty()) {
            spec.withObject("/Labels").put(Labels.RUNS, runs.write());
        }
    }

    /// The same, and what runs is stopped.
    public static ObjectNode stopped(JsonNode spec, RunsLabel runs) {
        var stopped = with(spec, runs);
        stopped.withObject(REPLICATED).put("Replicas", 0);
        return stopped;
    }

    /// The same, and nothing of it runs.
    public static ObjectNode resting(JsonNode spec) {
        var resting = (ObjectNode) spec.deepCopy();
        rest(resting);
        return resting;
    }

    /// Nothing of it runs while it is changed.
    static void rest(ObjectNode spec) {
        spec.withObject(REPLICATED).put("Replicas", 0);
    }

    /// Tells since when an app has its schedule.
    public static void since(ObjectNode spec, String now) {
        if (is(spec)) {
            spec.withObject("/Labels").put(Labels.SCHEDULE_SINCE, now);
        }
    }
}
