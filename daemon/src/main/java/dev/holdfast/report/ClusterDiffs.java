package dev.holdfast.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.plan.Difference;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What a change means for the clusters of one repository: which of them it touches, and then each of those.
public final class ClusterDiffs {

    private final List<Difference> all;
    private final List<Difference> touched;

    /// @param all one for each cluster
    public ClusterDiffs(List<Difference> all) {
        this.all = List.copyOf(all);
        this.touched = all.stream().filter(Difference::isSomething).toList();
    }

    private String summary(Function<Difference, String> name) {
        var untouched =
                all.stream().filter(difference -> !touched.contains(difference)).toList();
        var same = untouched.stream().map(name).collect(Collectors.joining(", "));
        if (touched.isEmpty()) {
            return "Nothing changes in any of the clusters: " + same + ".";
        }
        return "Touches %d of %s: %s.%s"
                .formatted(
                        touched.size(),
                        Counts.some(all.size(), "cluster"),
                        touched.stream().map(name).collect(Collectors.joining(", ")),
                        untouched.isEmpty() ? "" : " Nothing changes in " + same + ".");
    }

    private static String name(Difference difference) {
        return difference.plan().cluster();
    }

    public String text(Style style) {
        var out = new Lines().add(style.bold(summary(ClusterDiffs::name)));
        for (var difference : touched) {
            out.gap().add(style.bold("Cluster " + name(difference))).gap();
            DiffText.of(difference, style).lines().forEach(out::add);
        }
        return out.toString();
    }

    /// One comment for each touched cluster; the summary stands in the first of them.
    public String markdown() {
        var summary = summary(difference -> Markdown.code(name(difference)));
        return touched.isEmpty()
                ? PlanMarkdown.of(all.getFirst(), summary)
                : touched.stream()
                        .map(difference -> PlanMarkdown.of(difference, summary))
                        .collect(Collectors.joining("\n"));
    }

    public ObjectNode json() {
        var json = JsonNodeFactory.instance.objectNode().put("format", 1);
        json.put("base", all.getFirst().base()).put("head", all.getFirst().head());
        var names = json.putArray("touched");
        touched.forEach(difference -> names.add(name(difference)));
        var clusters = json.putArray("clusters");
        all.forEach(difference -> clusters.add(Json.diff(difference)));
        return json;
    }
}
