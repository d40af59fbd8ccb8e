package dev.holdfast.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.app.Repository;
import dev.holdfast.apply.Outcome;
import dev.holdfast.data.Orphan;
import dev.holdfast.live.Node;
import dev.holdfast.plan.AppStatus;
import dev.holdfast.plan.Change;
import dev.holdfast.plan.Created;
import dev.holdfast.plan.Difference;
import dev.holdfast.plan.Plan;
import dev.holdfast.plan.Prospect;
import dev.holdfast.plan.Replacement;
import dev.holdfast.plan.Warning;
import dev.holdfast.spec.FieldChange;
import dev.holdfast.spec.Redaction;
import dev.holdfast.survey.Survey;
import dev.holdfast.yaml.Problem;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What robots read. Every document says its `format`; absent values are left out; times are RFC 3339, UTC. Keys may be
/// added, never renamed.
public final class Json {

    private static final int FORMAT = 1;
    private static final Pattern UNSAFE = Pattern.compile("[\\x7f-\\x9f\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    /// As it is printed: indented, with a line feed at its end, and with nothing that a terminal obeys. What
    /// Jackson leaves as it is of that can only stand inside strings.
    public static String print(ObjectNode document) {
        return UNSAFE.matcher(document.toPrettyString())
                        .replaceAll(c -> String.format(
                                Locale.ROOT, "\\\\u%04x", (int) c.group().charAt(0)))
                + "\n";
    }

    public static ObjectNode problems(List<Problem> problems) {
        var json = document().put("valid", problems.stream().noneMatch(Problem::isError));
        addProblems(json, problems);
        return json;
    }

    /// The problems under the key `problems`: of a document that is more than them.
    public static void addProblems(ObjectNode json, List<Problem> problems) {
        var array = json.putArray("problems");
        for (var problem : problems) {
            var one = array.addObject().put("file", problem.file());
            if (problem.line() > 0) {
                one.put("line", problem.line()).put("column", Math.max(1, problem.column()));
            }
            put(one, "path", problem.path().isEmpty() ? null : problem.path());
            one.put("message", problem.message()).put("severity", word(problem.severity()));
            put(one, "code", problem.code() == null ? null : problem.code().word());
            put(one, "cause", problem.cause());
        }
    }

    public static ObjectNode plan(Plan plan) {
        var json = document().put("cluster", plan.cluster());
        put(json, "commit", plan.commit());
        var data = json.putArray("data");
        DataText.of(plan.data()).forEach(data::add);
        if (!plan.data().isEmpty()) {
            DataJson.add(json.putArray("dataNotes"), plan.data());
        }
        var changes = json.putArray("changes");
        var replacements = Replacement.of(plan);
        plan.changes().forEach(change -> {
            var one = add(changes, change, replacements.get(change.app()));
            if (change.kind() == Change.Kind.SERVICE && change.action() != Change.Action.REMOVE) {
                PlanJson.addHooks(one, plan.hooks().of(change.app()));
            }
        });
        PlanJson.addLateHooks(json, plan);
        json.put("unchanged", plan.unchanged().size());
        if (!plan.rollouts().unfinished().isEmpty()) {
            var unfinished = json.putArray("unfinished");
            plan.rollouts()
                    .unfinished()
                    .forEach(each ->
                            unfinished.addObject().put("app", each.app()).put("state", Redaction.text(each.state())));
        }
        var warnings = json.putArray("warnings");
        for (var warning : plan.warnings()) {
            var one = put(warnings.addObject(), "app", warning.app().isEmpty() ? null : warning.app())
                    .put("code", warning.code().word())
                    .put("message", Redaction.text(warning.message()));
            put(
                    one,
                    "depends",
                    warning.depends() == null ? null : warning.depends().words());
        }
        var holds = json.putArray("holds");
        for (var hold : plan.holds()) {
            var one = holds.addObject()
                    .put("app", hold.app())
                    .put("code", hold.code().word());
            var rule = hold.code().rule();
            put(one, "rule", rule == null ? null : rule.word());
            put(
                    one.put("message", Redaction.text(hold.message())),
                    "allow",
                    hold.allow().isEmpty() ? null : Redaction.text(hold.allow()));
            if (!hold.waiting().isEmpty()) {
                addFields(one.putArray("waiting"), hold.waiting());
            }
            if (!hold.then().isEmpty()) {
                DataText.of(hold.then()).forEach(one.putArray("then")::add);
                DataJson.add(one.putArray("thenNotes"), hold.then());
            }
        }
        var failed = json.putArray("failed");
        for (var one : plan.failed()) {
            failed.addObject()
                    .put("app", one.app())
                    .put("error", Redaction.text(one.error()))
                    .put("since", one.since());
        }
        addOrphans(json, plan.orphans());
        PlanJson.addSettings(json, plan.settings());
        return json;
    }

    /// The plan before it is carried out: with the problems of the files, and what it would count as.
    public static ObjectNode plan(Plan plan, List<Problem> problems) {
        var json = plan(plan);
        addProblems(json, problems);
        addExpected(json, Prospect.of(plan, problems));
        return json;
    }

    private static void addExpected(ObjectNode json, Prospect prospect) {
        var expected = json.putObject("expected").put("exit", prospect.exit());
        prospect.fails().forEach(expected.putArray("fails")::add);
        prospect.mayFail().forEach(expected.putArray("mayFail")::add);
        prospect.held().forEach(expected.putArray("held")::add);
        prospect.mayBeHeld().forEach(expected.putArray("mayBeHeld")::add);
    }

    /// The plan, between which commits, and the problems that are new.
    public static ObjectNode diff(Difference difference) {
        var json = plan(difference.plan()).put("base", difference.base()).put("head", difference.head());
        addProblems(json, difference.problems());
        addExpected(json, Prospect.of(difference.plan(), difference.problems()));
        return json.put("solved", difference.solved());
    }

    private static ObjectNode add(ArrayNode changes, Change change, @Nullable Replacement replacement) {
        var one = changes.addObject().put("kind", change.kind().word()).put("name", change.name());
        put(one, "app", change.app().isEmpty() ? null : change.app());
        one.put("action", change.action().word()).put("restarts", change.restarts());
        addFields(one.putArray("fields"), change.fields());
        if (replacement != null) {
            PlanJson.add(one.putObject("rollout"), replacement);
        }
        if (change instanceof Change.CreateService create) {
            PlanJson.add(one.putObject("created"), Created.of(create));
        }
        return one;
    }

    private static void addFields(ArrayNode fields, List<FieldChange> changes) {
        for (var field : changes.stream().map(Redaction::of).toList()) {
            var row = fields.addObject().put("path", field.path());
            put(row, "old", field.before());
            put(row, "new", field.after());
            row.put("restarts", field.restarts());
        }
    }

    /// The plan, and how it ended.
    public static ObjectNode apply(Plan plan, List<Outcome> outcomes) {
        var json = plan(plan);
        var array = json.putArray("outcomes");
        for (var outcome : outcomes) {
            var one = array.addObject()
                    .put("app", outcome.app())
                    .put("result", outcome.result().word())
                    .put("seconds", outcome.took().toMillis() / 1000.0);
            put(one, "error", redacted(outcome.error()));
        }
        return json;
    }

    public static ObjectNode status(String cluster, @Nullable String commit, List<AppStatus> apps) {
        var json = document().put("cluster", cluster);
        put(json, "commit", commit);
        var array = json.putArray("apps");
        for (var app : apps) {
            var one = array.addObject()
                    .put("name", app.name())
                    .put("sync", word(app.sync()))
                    .put("health", word(app.health()));
            put(one, "image", app.image()).put("desired", app.desired()).put("running", app.running());
            if (app.old() > 0) {
                one.put("old", app.old());
            }
            if (app.lock() != null) {
                node(one.putObject("lock"), app.lock().id(), app.lock().hostname());
            }
            if (app.fenced()) {
                one.put("fenced", true);
            }
            put(put(one, "commit", app.commit()), "error", redacted(app.error()));
            if (app.schedule() != null) {
                schedule(one.putObject("schedule"), app.schedule());
            }
            var warnings = one.putArray("warnings");
            app.warnings()
                    .forEach(warning -> warnings.addObject()
                            .put("code", warning.code().word())
                            .put("message", Redaction.text(warning.message())));
        }
        return json;
    }

    private static void schedule(ObjectNode json, AppStatus.Scheduled schedule) {
        json.put("cron", schedule.cron()).put("timeZone", schedule.timeZone());
        put(json, "next", schedule.next());
        var runs = json.putArray("runs");
        for (var run : schedule.runs()) {
            var one = runs.addObject().put("scheduled", run.scheduled().toString());
            if (run.byHand()) {
                one.put("byHand", true);
            }
            put(one, "started", run.started() == null ? null : run.started().toString());
            put(one, "ended", run.ended() == null ? null : run.ended().toString());
            one.put("result", run.result() == null ? "running" : run.result().word());
            if (run.exitCode() != null) {
                one.put("exitCode", run.exitCode());
            }
            put(one, "error", redacted(run.error()));
        }
    }

    /// @param ignored how many more there are that `holdfast.yaml` leaves out
    /// @param warnings why the list may not be whole
    public static ObjectNode orphans(List<Orphan> orphans, int ignored, List<Warning> warnings) {
        var json = document();
        addOrphans(json, orphans);
        json.put("ignored", ignored);
        var array = json.putArray("warnings");
        warnings.forEach(warning ->
                array.addObject().put("code", warning.code().word()).put("message", Redaction.text(warning.message())));
        return json;
    }

    private static void addOrphans(ObjectNode json, List<Orphan> orphans) {
        var array = json.putArray("orphans");
        for (var orphan : orphans) {
            var claim = orphan.claim();
            var one = array.addObject().put("kind", claim.kind().word()).put("name", claim.name());
            node(one.putObject("node"), claim.node(), claim.hostname());
            put(one, "app", claim.app().isEmpty() ? null : claim.app());
            put(one, "target", claim.target().isEmpty() ? null : claim.target());
            var givenUp = claim.givenUp();
            put(one, "since", givenUp == null ? null : givenUp.since());
            put(one, "commit", givenUp == null ? null : givenUp.commit());
            put(put(one, "author", orphan.author()), "subject", orphan.subject());
            one.put("presence", orphan.presence().word());
            put(one, "lastSeen", orphan.lastSeen());
            if (orphan.sizeBytes() != null) {
                one.put("sizeBytes", orphan.sizeBytes());
            }
            put(put(one, "cleanup", orphan.cleanup()), "withheld", orphan.withheld());
            put(one, "takeBack", orphan.takeBack().isEmpty() ? null : orphan.takeBack());
        }
    }

    public static ObjectNode survey(Survey survey, List<Node> nodes) {
        var json = document();
        put(json, "problem", survey.problem());
        var array = json.putArray("nodes");
        for (var node : nodes) {
            var one = array.addObject();
            node(one.putObject("node"), node.id(), node.hostname());
            var seen = survey.node(node.id()).orElse(null);
            one.put("seen", seen != null);
            if (seen != null) {
                put(one, seen);
            }
        }
        return json;
    }

    private static void put(ObjectNode json, Survey.NodeSurvey seen) {
        json.put("at", seen.at()).put("dockerRoot", seen.dockerRoot());
        var volumes = json.putArray("volumes");
        seen.volumes().values().stream()
                .sorted(java.util.Comparator.comparing(Survey.Volume::name))
                .forEach(volume -> {
                    var one = volumes.addObject()
                            .put("name", volume.name())
                            .put("createdAt", volume.createdAt())
                            .put("driver", volume.driver());
                    put(one, "binds", Repository.Volume.boundTo(volume.driver(), volume.options()));
                    size(one, volume.sizeBytes());
                    seen.usersOf(volume.name()).forEach(one.putArray("usedBy")::add);
                });
        var paths = json.putArray("paths");
        seen.paths().values().stream()
                .sorted(java.util.Comparator.comparing(Survey.Path::path))
                .forEach(path -> {
                    var one = paths.addObject().put("path", path.path()).put("kind", path.kind());
                    put(one, "real", path.real().isEmpty() || path.real().equals(path.path()) ? null : path.real());
                    one.put("mountPoint", path.mountPoint());
                    size(one, path.sizeBytes());
                });
    }

    private static void size(ObjectNode json, @Nullable Long bytes) {
        if (bytes != null) {
            json.put("sizeBytes", bytes);
        }
    }

    /// A new document.
    public static ObjectNode document() {
        return MAPPER.createObjectNode().put("format", FORMAT);
    }

    private static void node(ObjectNode json, String id, String hostname) {
        json.put("id", id).put("hostname", hostname);
    }

    private static ObjectNode put(ObjectNode json, String key, @Nullable String value) {
        return value == null ? json : json.put(key, value);
    }

    private static @Nullable String redacted(@Nullable String text) {
        return text == null ? null : Redaction.text(text);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
