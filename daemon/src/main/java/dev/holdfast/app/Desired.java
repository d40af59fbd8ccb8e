package dev.holdfast.app;

import dev.holdfast.yaml.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// All that a repository says, as far as it could be understood.
///
/// @param apps those without an error, by name
/// @param problems of all files, sorted
/// @param broken names of apps whose file or whose own entry has an error: they are held, neither changed nor removed
/// @param contents of the files that secrets and configs name, by path
/// @param complete false if any file has an error: then nothing may be removed
public record Desired(
        Repository repository,
        List<DeclaredApp> apps,
        List<Problem> problems,
        Set<String> broken,
        Map<String, byte[]> contents,
        boolean complete) {

    /// An app and where it was declared.
    public record DeclaredApp(App app, String file, int line) {}

    /// Whether anything may be applied at all: `holdfast.yaml` is sound and there is an `apps/` with at least one
    /// app document. An empty repository never means "remove everything".
    public boolean usable() {
        return problems.stream()
                        .noneMatch(problem -> problem.isError()
                                && (problem.file().equals("holdfast.yaml")
                                        || problem.file().equals("apps")))
                && !(apps.isEmpty() && broken.isEmpty() && complete);
    }
}
