package dev.holdfast.app;

import dev.holdfast.yaml.Problem;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The problems of all clusters of one repository, each once.
public final class ClusterProblems {

    private ClusterProblems() {}

    /// What is not wrong in each of them is said with the clusters in which it is.
    ///
    /// @param clusters the same repository, read for each
    public static List<Problem> of(List<Desired> clusters) {
        if (clusters.size() == 1) {
            return clusters.getFirst().problems();
        }
        Map<Problem, Set<String>> found = new LinkedHashMap<>();
        for (var desired : clusters) {
            for (var problem : desired.problems()) {
                found.computeIfAbsent(problem, _ -> new LinkedHashSet<>())
                        .add(desired.repository().cluster());
            }
        }
        return found.entrySet().stream()
                .map(entry -> entry.getValue().size() == clusters.size()
                                || Clusters.isFileOfOne(entry.getKey().file())
                        ? entry.getKey()
                        : entry.getKey()
                                .saying("%s (in cluster %s)"
                                        .formatted(entry.getKey().message(), String.join(", ", entry.getValue()))))
                .sorted()
                .toList();
    }
}
