package dev.holdfast.report;

import dev.holdfast.plan.Prospect;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// One line on what a run would count as; none where it would count as done.
final class ProspectText {

    /// So many names stand in the line; the others are counted.
    private static final int NAMED = 8;

    private ProspectText() {}

    static String of(Prospect prospect) {
        return of(prospect, "apply", HarmlessText::line);
    }

    static String markdown(Prospect prospect) {
        return of(prospect, "`apply`", Markdown::code);
    }

    private static String of(Prospect prospect, String apply, UnaryOperator<String> name) {
        var why = new ArrayList<String>();
        if (prospect.broken()) {
            why.add("files have errors");
        }
        add(why, prospect.fails(), name, "cannot converge", "cannot converge");
        add(why, prospect.held(), name, "is held", "are held");
        var may = new ArrayList<String>();
        add(may, prospect.mayFail(), name, "may fail", "may fail");
        add(may, prospect.mayBeHeld(), name, "may be held", "may be held");
        if (may.isEmpty() && why.isEmpty()) {
            return "";
        }
        var worse = worse(prospect);
        why.addAll(may);
        var exits = prospect.exit() == 0
                ? " may exit with " + String.join(" or ", worse)
                : " would exit with " + prospect.exit() + (worse.isEmpty() ? "" : ", or " + worse.getFirst());
        return apply + exits + ": " + String.join("; ", why) + ".";
    }

    /// What else it may exit with, as what is not known turns out: a failure outweighs a hold.
    private static List<String> worse(Prospect prospect) {
        var codes = new ArrayList<String>();
        if (prospect.exit() != 1 && !prospect.mayFail().isEmpty()) {
            codes.add("1");
        }
        if (prospect.exit() == 0 && !prospect.mayBeHeld().isEmpty()) {
            codes.add("3");
        }
        return codes;
    }

    private static void add(
            List<String> why, List<String> apps, UnaryOperator<String> name, String one, String several) {
        if (!apps.isEmpty()) {
            var named = apps.stream().limit(NAMED).map(name).collect(Collectors.joining(", "));
            var rest = apps.size() > NAMED ? " and " + (apps.size() - NAMED) + " more" : "";
            why.add(named + rest + " " + (apps.size() == 1 ? one : several));
        }
    }
}
