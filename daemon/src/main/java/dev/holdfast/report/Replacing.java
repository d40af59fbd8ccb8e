package dev.holdfast.report;

import dev.holdfast.plan.Replacement;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// What becomes of an app's instances, and what happens if its new version fails, in words.
///
/// @param strong marks what must not be overlooked
/// @param name marks names
record Replacing(UnaryOperator<String> strong, UnaryOperator<String> name) {

    private static final int FIELDS_NAMED = 2;
    private static final String FOLLOW = "start there where none runs, stop elsewhere";

    /// For a table's cell.
    String tasks(Replacement replacement) {
        return switch (replacement.way()) {
            case START -> start(replacement);
            case STOP -> "stop";
            case GO_ON -> goOn(replacement);
            case FOLLOW_NODES -> "go on where the node satisfies the constraints, " + FOLLOW;
            case RUN_AGAIN -> "run again, from its start" + because(replacement);
            case NEW_FIRST, OLD_FIRST -> "restart" + order(replacement) + because(replacement);
            case STOP_THEN_START ->
                strong.apply("stop") + ", then start again: a " + strong.apply("gap") + because(replacement);
        };
    }

    /// Behind an app's name, for a terminal.
    String line(Replacement replacement, List<String> dependents) {
        var fails = fails(replacement, dependents);
        var what = switch (replacement.way()) {
            case START -> replacement.before() == 0 ? "starts" : "starts again";
            case STOP -> "stops";
            case GO_ON -> "no restart" + (goOnAsTheyAre(replacement) ? "" : ", " + goOn(replacement));
            case FOLLOW_NODES -> "no restart where the node satisfies the constraints, " + FOLLOW;
            case RUN_AGAIN -> "runs again, from its start";
            case NEW_FIRST, OLD_FIRST -> "restarts" + order(replacement);
            case STOP_THEN_START -> "stops, then starts again: a gap";
        };
        var isAboutOthers = own(replacement).isEmpty();
        return what + (fails.isEmpty() ? "" : isAboutOthers ? "; " + fails : "; if it fails: " + fails);
    }

    /// With what becomes of those that depend on it.
    String fails(Replacement replacement, List<String> dependents) {
        var own = fails(replacement);
        return own.isEmpty() || dependents.isEmpty() || replacement.failing() == Replacement.Failing.NOTHING
                ? own
                : own + "; " + others(dependents) + (dependents.size() == 1 ? " is" : " are") + " held then";
    }

    /// What happens if the new version fails; empty where there is none. And what happens if another one fails to
    /// take its data over.
    String fails(Replacement replacement) {
        var own = own(replacement);
        if (replacement.putBackIf().isEmpty() || replacement.failing() == Replacement.Failing.PUT_BACK) {
            return own;
        }
        var others = replacement.failing() == Replacement.Failing.STOPPED
                ? ""
                : "put back if " + others(replacement.putBackIf()) + " fails";
        return own + (own.isEmpty() || others.isEmpty() ? "" : "; ") + others;
    }

    private String own(Replacement replacement) {
        var watched = replacement.watched() == null ? "" : ", watched " + replacement.watched();
        return switch (replacement.failing()) {
            case NOTHING -> "";
            case ROLLBACK -> "rolled back" + watched;
            case PAUSE -> isAlone(replacement) ? down() : "pauses, no rollback" + watched;
            case CONTINUE -> isAlone(replacement) ? down() : "goes on all the same, no rollback" + watched;
            case RETRY -> "tried again and again";
            case STAYS_DOWN -> replacement.before() == 0 ? strong.apply("stays down") : down();
            case PUT_BACK -> "put back, as is " + others(replacement.with());
            case STOPPED -> "stays stopped, " + others(replacement.with()) + " put back";
        };
    }

    private String down() {
        return strong.apply("stays down") + ", no rollback";
    }

    /// Whether no other instance goes on while it fails.
    private static boolean isAlone(Replacement replacement) {
        return replacement.hasGap() && replacement.before() != Replacement.EACH_NODE;
    }

    private String others(List<String> others) {
        return others.stream().map(name).collect(Collectors.joining(", "));
    }

    private static String start(Replacement replacement) {
        return switch (replacement.after()) {
            case Replacement.EACH_NODE -> "start on each node";
            case 0 -> "none, it is stopped";
            case 1 -> "start";
            default -> "start " + replacement.after();
        };
    }

    /// Whether there are some, and neither more nor fewer than before.
    private static boolean goOnAsTheyAre(Replacement replacement) {
        return replacement.after() == replacement.before() && replacement.after() != 0;
    }

    private static String goOn(Replacement replacement) {
        var difference = Math.abs(replacement.after() - replacement.before());
        if (difference == 0) {
            return replacement.after() == 0 ? "none run" : "go on";
        }
        return difference
                + (replacement.after() < replacement.before() ? " stop" : " start")
                + (difference == 1 ? "s" : "");
    }

    private String because(Replacement replacement) {
        var fields = replacement.because();
        if (fields.isEmpty()) {
            return "";
        }
        var more = fields.size() - FIELDS_NAMED;
        return "; for " + fields.stream().limit(FIELDS_NAMED).map(name).collect(Collectors.joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }

    private String order(Replacement replacement) {
        var many = many(replacement);
        if (replacement.way() == Replacement.Way.NEW_FIRST) {
            return many + ", new before old: no gap";
        }
        var gap = "a " + strong.apply("gap");
        if (replacement.before() == Replacement.EACH_NODE) {
            return many + ", old before new: " + gap + " on each";
        }
        return many + ", old before new: "
                + (replacement.hasGap()
                        ? gap
                        : replacement.least() + " of " + replacement.before() + " go on meanwhile");
    }

    private static String many(Replacement replacement) {
        if (replacement.before() == 1) {
            return "";
        }
        var all = replacement.before() == Replacement.EACH_NODE ? " on each node" : " " + replacement.before();
        return all
                + switch (replacement.atATime()) {
                    case 0 -> ", all at once";
                    case 1 -> ", one at a time";
                    default -> ", " + replacement.atATime() + " at a time";
                };
    }
}
