package dev.holdfast.app;

import dev.holdfast.yaml.Doc;
import dev.holdfast.yaml.Example;
import dev.holdfast.yaml.Keys;
import dev.holdfast.yaml.ReadAs;
import dev.holdfast.yaml.WordsForms;
import java.util.List;

/// What `clusters/NAME.yaml` may say besides the keys of `holdfast.yaml`. `apps` is not here: each of its members is
/// merged over an app file before that is bound.
///
/// @param only patterns for names of apps and stacks, and for paths of files; empty for all
/// @param except likewise; wins over `only`
@Doc("One cluster of a repository of several: the keys of holdfast.yaml, which are merged over those there, which apps"
        + " and stacks the cluster runs, and what is different in its app files.")
@Keys(
        extensions = true,
        also = {ClusterKeys.APPS})
record ClusterKeys(
        @ReadAs(WordsForms.OneOrMore.class)
        @Doc("The apps and stacks that this cluster runs: names (web, team-*) and paths of files (apps/common/**). All"
                + " where absent.")
        @Example("[\"web\", \"team-*\", \"apps/common/**\"]")
        List<String> only,

        @ReadAs(WordsForms.OneOrMore.class)
        @Doc("Apps and stacks that this cluster does not run, named likewise.")
        @Example("[\"reports\"]")
        List<String> except) {

    /// What is merged over app files.
    static final String APPS = "apps";

    static final ClusterKeys NONE = new ClusterKeys(List.of(), List.of());

    /// Whether the cluster runs what has this name and stands in these files.
    boolean selects(String name, List<String> files) {
        return (only.isEmpty() || anyMatches(only, name, files)) && !anyMatches(except, name, files);
    }

    private static boolean anyMatches(List<String> patterns, String name, List<String> files) {
        return patterns.stream()
                .anyMatch(pattern -> isPath(pattern)
                        ? files.stream().anyMatch(file -> NamePattern.matches(pattern, file))
                        : NamePattern.matches(pattern, name));
    }

    static boolean isPath(String pattern) {
        return pattern.indexOf('/') >= 0;
    }
}
