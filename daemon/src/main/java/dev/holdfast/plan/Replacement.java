package dev.holdfast.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.spec.FieldChange;
import dev.holdfast.spec.PlacementPart;
import dev.holdfast.value.Durations;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What becomes of an app's instances when its service is written, and what happens if the new version fails. All of it
/// follows from the spec that is sent: this is how Swarm and Holdfast go about it, whether or not it goes well.
///
/// @param before how many instances there are; 0 where the service is new, -1 where there is one on each node
/// @param after how many there will be, told likewise
/// @param atATime how many are replaced at a time; 0 where none is, or all at once
/// @param because the fields that make the tasks start anew; empty where none does
/// @param watched how long after its start a failure of a new instance counts; null where nobody watches it
/// @param with who else is put back if it fails to take data over
/// @param putBackIf whose failure to take data from it puts it back as it was
public record Replacement(
        Way way,
        int before,
        int after,
        int atATime,
        List<String> because,
        Failing failing,
        @Nullable String watched,
        List<String> with,
        List<String> putBackIf) {

    /// One on each node, so that nobody knows how many.
    public static final int EACH_NODE = -1;

    /// What becomes of the instances.
    public enum Way {
        /// None was there.
        START,
        /// None stays.
        STOP,
        /// They stay as they are; some may come or go.
        GO_ON,
        /// One on each node that satisfies the constraints, which change: they go on there, and start or stop
        /// elsewhere.
        FOLLOW_NODES,
        /// Each new instance runs before its old one is stopped.
        NEW_FIRST,
        /// It does its work once more: a one-shot, whose end is no failure of an update.
        RUN_AGAIN,
        /// Each old instance is stopped before its new one starts.
        OLD_FIRST,
        /// All are stopped and seen gone, and only then the new one starts: apps with data.
        STOP_THEN_START;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /// What happens if the new version fails.
    public enum Failing {
        /// There is no new version.
        NOTHING,
        /// Swarm puts the old version back.
        ROLLBACK,
        /// Swarm stops replacing; what is replaced stays so.
        PAUSE,
        /// Swarm replaces the others all the same.
        CONTINUE,
        /// Nothing ran before, and Swarm goes on trying.
        RETRY,
        /// Nothing of it runs then, and nobody puts the old version back.
        STAYS_DOWN,
        /// Its data goes back to whom it came from, and it gets back what it had itself.
        PUT_BACK,
        /// Its data goes back to whom it came from, and it has none to go back to.
        STOPPED;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /// Of each change of a service, by app.
    public static Map<String, Replacement> of(Plan plan) {
        var exchanges = Exchange.of(plan);
        var all = new LinkedHashMap<String, Replacement>();
        for (var change : plan.changes()) {
            if (change.kind() == Change.Kind.SERVICE) {
                var own = of(change);
                all.put(
                        change.app(),
                        exchanges.stream()
                                .filter(exchange -> exchange.has(change.app()))
                                .findFirst()
                                .map(exchange -> own.in(exchange, change))
                                .orElse(own));
            }
        }
        return all;
    }

    /// Of one change by itself.
    public static Replacement of(Change change) {
        return switch (change) {
            case Change.CreateService create -> new Start(create.spec()).of(0);
            case Change.RemoveService _ -> still(Way.STOP, 1, 0);
            case Change.ScaleService scale -> still(scale.starts() ? Way.START : Way.STOP, 1, 1);
            case Change.UpdateService update -> of(update);
            default -> still(Way.GO_ON, 1, 1);
        };
    }

    private static Replacement of(Change.UpdateService update) {
        var after = instances(update.spec());
        var before = update.fields().stream()
                .filter(field -> field.path().equals("deploy.replicas"))
                .map(FieldChange::before)
                .filter(Objects::nonNull)
                .findFirst()
                .map(Replacement::count)
                .orElse(after);
        if (before == 0 || after == 0) {
            return after == 0
                    ? still(before == 0 ? Way.GO_ON : Way.STOP, before, after)
                    : new Start(update.spec()).of(before);
        }
        if (after == EACH_NODE && !update.stopFirst() && isAboutNodes(update)) {
            return still(Way.FOLLOW_NODES, before, after);
        }
        if (!update.restarts() && !update.stopFirst()) {
            return still(Way.GO_ON, before, after);
        }
        return replaced(update, before, after);
    }

    private static boolean isAboutNodes(Change.UpdateService update) {
        var fields = update.fields();
        return fields.stream().anyMatch(field -> PlacementPart.isConstraint(field.path()))
                && fields.stream().noneMatch(field -> field.restarts() && !PlacementPart.isConstraint(field.path()));
    }

    private static Replacement replaced(Change.UpdateService update, int before, int after) {
        var because = update.fields().stream()
                .filter(FieldChange::restarts)
                .map(FieldChange::path)
                .toList();
        if (update.stopFirst()) {
            return new Replacement(
                    Way.STOP_THEN_START, before, after, 0, because, Failing.STAYS_DOWN, null, List.of(), List.of());
        }
        if (Start.isOneShot(update.spec())) {
            return new Replacement(
                    Way.RUN_AGAIN, before, after, 0, because, Failing.STAYS_DOWN, null, List.of(), List.of());
        }
        var config = update.spec().path("UpdateConfig");
        var parallelism = config.isObject() ? config.path("Parallelism").asInt() : 1;
        var failing = switch (config.path("FailureAction").asText()) {
            case "rollback" -> Failing.ROLLBACK;
            case "continue" -> Failing.CONTINUE;
            default -> Failing.PAUSE;
        };
        var monitor = config.path("Monitor").asLong();
        return new Replacement(
                config.path("Order").asText().equals("start-first") ? Way.NEW_FIRST : Way.OLD_FIRST,
                before,
                after,
                before > 0 && parallelism >= before ? 0 : parallelism,
                because,
                failing,
                monitor == 0 ? "5s" : Durations.text(monitor),
                List.of(),
                List.of());
    }

    private static Replacement still(Way way, int before, int after) {
        return new Replacement(way, before, after, 0, List.of(), Failing.NOTHING, null, List.of(), List.of());
    }

    /// Nothing runs yet, so there is nothing to go back to.
    private record Start(JsonNode spec) {
        static boolean isOneShot(JsonNode spec) {
            return spec.at("/TaskTemplate/RestartPolicy/Condition").asText().equals("none");
        }

        Replacement of(int before) {
            var after = instances(spec);
            var attempts = spec.at("/TaskTemplate/RestartPolicy/MaxAttempts").asInt();
            var again = !isOneShot(spec) && attempts == 0;
            var failing = after == 0 ? Failing.NOTHING : again ? Failing.RETRY : Failing.STAYS_DOWN;
            return new Replacement(Way.START, before, after, 0, List.of(), failing, null, List.of(), List.of());
        }
    }

    /// If one who takes data fails, all get back what they had. Who only gives fails alone.
    private Replacement in(Exchange exchange, Change change) {
        var others = exchange.changes().stream()
                .filter(other -> !other.equals(change))
                .toList();
        var takers = others.stream().filter(exchange::isTaker).map(Change::app).toList();
        if (!exchange.isTaker(change)) {
            return new Replacement(way, before, after, atATime, because, failing, watched, List.of(), takers);
        }
        var back = others.stream()
                .filter(other -> isPutBack(exchange, other))
                .map(Change::app)
                .toList();
        var outcome = isPutBack(exchange, change) ? Failing.PUT_BACK : Failing.STOPPED;
        return new Replacement(way, before, after, atATime, because, outcome, watched, back, takers);
    }

    private static boolean isPutBack(Exchange exchange, Change change) {
        return switch (change) {
            case Change.RemoveService _ -> true;
            case Change.UpdateService update ->
                exchange.isGiver(update)
                        || update.fields().stream()
                                .noneMatch(field -> field.path().equals("image"));
            default -> false;
        };
    }

    /// Whether there is a moment in which fewer instances run than now, and how many do at least: -1 where that is
    /// not so, or where nobody knows the number.
    public int least() {
        return switch (way) {
            case OLD_FIRST -> before == EACH_NODE || atATime == 0 ? 0 : Math.max(0, before - atATime);
            case STOP_THEN_START -> 0;
            default -> -1;
        };
    }

    /// Whether there is a moment in which no instance runs, though one did before and will after. Where there is
    /// one on each node, it is that node's.
    public boolean hasGap() {
        return least() == 0;
    }

    /// How many instances a spec asks for; [#EACH_NODE] where that is one on each node.
    static int instances(JsonNode spec) {
        var mode = spec.path("Mode");
        if (mode.has("Global") || mode.has("GlobalJob")) {
            return EACH_NODE;
        }
        return mode.has("ReplicatedJob")
                ? mode.path("ReplicatedJob").path("TotalCompletions").asInt(1)
                : mode.path("Replicated").path("Replicas").asInt(1);
    }

    private static int count(String replicas) {
        return replicas.matches("[0-9]{1,9}") ? Integer.parseInt(replicas) : 1;
    }
}
