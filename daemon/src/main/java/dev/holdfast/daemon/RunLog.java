package dev.holdfast.daemon;

import dev.holdfast.app.Desired;
import dev.holdfast.apply.Outcome;
import dev.holdfast.apply.Progress;
import dev.holdfast.git.GitFailure;
import dev.holdfast.report.DataText;
import dev.holdfast.run.Reconciler;
import dev.holdfast.yaml.Secrets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the daemon writes to its log. A state that lasts (a hold, a failure, an orphan, a server that is away) is told
/// when it begins and when it ends, not at each run.
final class RunLog implements Progress {

    private static final Logger LOG = LoggerFactory.getLogger("dev.holdfast");

    private Map<String, String> known = Map.of();
    private @Nullable String trouble;
    private boolean standingBy;
    private @Nullable String commit;

    @Override
    public void step(String what) {
        LOG.info("{}", what);
    }

    @Override
    public void app(String app, String what) {
        LOG.info("{}: {}", app, Secrets.text(what));
    }

    @Override
    public void outcome(Outcome outcome) {
        var seconds = String.format(Locale.ROOT, "%.1f", outcome.took().toMillis() / 1000.0);
        switch (outcome.result()) {
            case CONVERGED -> LOG.info("{}: converged ({} s)", outcome.app(), seconds);
            case REMOVED -> LOG.info("{}: removed", outcome.app());
            default -> {
                // Lasts: told by the states of the run.
            }
        }
    }

    /// @param gitAway why no newer commit than the last one could be had; null where it could
    /// @return a line that sums the run up
    String applied(Cause trigger, Reconciler.Applied applied, @Nullable GitFailure gitAway) {
        if (gitAway == null) {
            recovered();
        } else {
            goingOnWithout(gitAway);
        }
        standingBy = false;
        applied.planned().plan().data().forEach(note -> LOG.warn("data: {}", Secrets.text(DataText.of(note))));
        applied.planned().plan().causes().forEach((app, cause) -> {
            if (!applied.planned().plan().isHeld(app)) {
                LOG.warn("{}: no file declares it any more: {}", app, cause);
            }
        });
        applied.planned().plan().movedTags().forEach((app, moved) -> LOG.info("{}: {}", app, moved));
        var states = states(applied);
        var late = applied.planned().plan().rollouts().late();
        late.forEach(app -> LOG.info("{}: converged after the deadline", app));
        states.keySet().stream()
                .filter(state -> !known.containsKey(state))
                .sorted()
                .forEach(state -> LOG.warn("{}", state));
        known.keySet().stream()
                .filter(state -> !states.containsKey(state)
                        && !states.containsValue(known.get(state))
                        && !late.contains(known.get(state)))
                .sorted()
                .forEach(state ->
                        LOG.info("no longer: {}", state.lines().findFirst().orElse("")));
        known = states;
        return summary(trigger, applied);
    }

    /// Each with what it is about: an app that fails, and is then not tried again, has not recovered between the
    /// two.
    private static Map<String, String> states(Reconciler.Applied applied) {
        var plan = applied.planned().plan();
        var causes = plan.causes();
        var states = new HashMap<String, String>();
        plan.holds()
                .forEach(hold -> states.put(
                        "held " + hold.app() + " (" + hold.code() + "): " + Secrets.text(hold.message())
                                + (causes.containsKey(hold.app()) ? "\n    " + causes.get(hold.app()) : "")
                                + (hold.allow().isEmpty() ? "" : "\n    to go on: " + Secrets.text(hold.allow())),
                        hold.app()));
        applied.outcomes().stream()
                .filter(outcome -> outcome.result() == Outcome.Result.FAILED
                        || outcome.result() == Outcome.Result.HELD && !plan.isHeld(outcome.app()))
                .forEach(o -> states.put(
                        o.result().word() + " " + o.app() + ": " + Secrets.text(String.valueOf(o.error())), o.app()));
        var others = new HashSet<String>();
        applied.planned().desired().problems().forEach(problem -> others.add(problem.toString()));
        plan.orphans()
                .forEach(orphan -> others.add("orphan " + orphan.claim().kind().word() + " "
                        + orphan.claim().name() + " on " + orphan.claim().hostname()
                        + (orphan.claim().app().isEmpty()
                                ? ""
                                : ", which " + orphan.claim().app() + " had")
                        + "; nothing was deleted"));
        plan.warnings().stream()
                .filter(warning -> !warning.code().isCause())
                .forEach(warning -> others.add(
                        "warning " + warning.app() + " (" + warning.code() + "): " + Secrets.text(warning.message())));
        others.forEach(other -> states.put(other, other));
        return states;
    }

    private String summary(Cause trigger, Reconciler.Applied applied) {
        var counts = new TreeMap<String, Integer>();
        applied.outcomes().forEach(outcome -> counts.merge(outcome.result().word(), 1, Integer::sum));
        var line = new StringBuilder();
        counts.forEach((word, count) -> line.append(line.isEmpty() ? "" : ", ")
                .append(count)
                .append(' ')
                .append(word));
        var now = String.valueOf(applied.planned().commit());
        var summary =
                "commit " + now.substring(0, Math.min(12, now.length())) + ": " + (line.isEmpty() ? "no apps" : line);
        if (!now.equals(commit) || !applied.planned().plan().isEmpty()) {
            LOG.info(
                    "{} ({})",
                    summary,
                    Map.of(
                                    Cause.START, "started",
                                    Cause.SCHEDULE, "on schedule",
                                    Cause.SIGNAL, "asked for",
                                    Cause.EVENT, "after an event")
                            .getOrDefault(trigger, ""));
        }
        commit = now;
        return summary;
    }

    private void goingOnWithout(GitFailure gitAway) {
        var message = Secrets.text(String.valueOf(gitAway.getMessage()));
        if (!message.equals(trouble)) {
            LOG.error("no new commits: {}; going on with the one that was applied last", message);
            trouble = message;
        }
    }

    String standingBy() {
        recovered();
        if (!standingBy) {
            LOG.info("standing by: the Swarm's leader is another manager");
            standingBy = true;
        }
        return "standing by";
    }

    String failed(RuntimeException e, @Nullable Desired desired) {
        var message = Secrets.text(String.valueOf(e.getMessage()));
        if (!message.equals(trouble)) {
            if (desired != null) {
                desired.problems().forEach(problem -> LOG.error("{}", problem));
            }
            LOG.error("no run: {}", message);
            trouble = message;
        }
        return "no run: " + message;
    }

    private void recovered() {
        if (trouble != null) {
            LOG.info("recovered; it was: {}", trouble);
            trouble = null;
        }
    }
}
