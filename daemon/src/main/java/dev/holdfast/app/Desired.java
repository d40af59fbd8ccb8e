package dev.holdfast.app;

import dev.holdfast.yaml.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// All that a repository says, as far as it could be understood.
///
/// @param repository with the networks, volumes, secrets and configs of its stacks, under the keys `STACK/KEY`;
///     volumes under their names
/// @param apps those without an error, by name; the services of stacks are among them
/// @param problems of all files, sorted
/// @param broken names of apps whose file or whose own entry has an error: they are held, neither changed nor removed
/// @param contents of the files that secrets and configs name, by path
/// @param complete false if any file has an error: then nothing may be removed
/// @param leftOut names of apps and of stacks that are there, and that the file of this cluster leaves out
public record Desired(
        Repository repository,
        List<DeclaredApp> apps,
        List<Problem> problems,
        Set<String> broken,
        Map<String, byte[]> contents,
        boolean complete,
        Set<String> leftOut) {

    /// An app and where it was declared.
    ///
    /// @param breaches which rules it breaks: it is held
    public record DeclaredApp(App app, String file, int line, List<Breach> breaches) {

        public DeclaredApp with(App other) {
            return new DeclaredApp(other, file, line, breaches);
        }
    }

    public Desired with(List<DeclaredApp> others) {
        return new Desired(repository, others, problems, broken, contents, complete, leftOut);
    }

    /// Whether anything may be applied at all: `holdfast.yaml` is sound and there is at least one app file or stack
    /// file. An empty repository never means "remove everything".
    public boolean usable() {
        return problems.stream()
                        .noneMatch(problem -> problem.isError()
                                && (problem.file().equals("holdfast.yaml")
                                        || problem.file().equals(Clusters.FOLDER)
                                        || problem.file().startsWith(Clusters.FOLDER + "/")
                                        || problem.file().equals(AppFiles.FOLDER)
                                        || problem.file().equals(StackFiles.FOLDER)))
                && !(apps.isEmpty() && broken.isEmpty() && complete);
    }
}
