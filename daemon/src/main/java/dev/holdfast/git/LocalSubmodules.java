package dev.holdfast.git;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/// The submodules of a repository on this machine, where Git has put them: nothing is fetched.
final class LocalSubmodules implements Submodules.Finder {

    private final LocalStore parent;
    private final List<Path> workTrees;
    private final Path modules;

    private LocalSubmodules(LocalStore parent, List<Path> workTrees, Path modules) {
        this.parent = parent;
        this.workTrees = workTrees;
        this.modules = modules;
    }

    static LocalSubmodules of(LocalStore parent) {
        var workTree = parent.workTree();
        return new LocalSubmodules(
                parent,
                workTree == null ? List.of() : List.of(workTree),
                parent.repository().getCommonDirectory().toPath().resolve("modules"));
    }

    /// What to do where a submodule is not there.
    static String notHere(String path) {
        return "is a submodule that is not checked out here: git submodule update --init --recursive -- " + path;
    }

    @Override
    public ObjectStore find(Submodules.Named submodule, String path, ObjectId commit) {
        var without = new ArrayList<Path>();
        for (var place : places(submodule, path)) {
            var store = place == null ? null : parent.submodule(place);
            if (store != null) {
                if (store.<Boolean>read(
                        repository -> repository.getObjectDatabase().has(commit))) {
                    return store;
                }
                without.add(place);
            }
        }
        throw new GitProblem(
                without.isEmpty()
                        ? "it is not checked out here: git submodule update --init --recursive -- " + path
                        : "its commit " + commit.name() + " is not here: git -C " + path + " fetch origin "
                                + commit.name());
    }

    private List<@Nullable Path> places(Submodules.Named submodule, String path) {
        var inModules = Paths.normal(submodule.name());
        var kept = inModules == null || !inModules.equals(submodule.name()) ? null : modules.resolve(inModules);
        return Stream.concat(workTrees.stream().map(tree -> tree.resolve(path)), Stream.ofNullable(kept))
                .<@Nullable Path>map(LocalSubmodules::gitDirectory)
                .toList();
    }

    /// Null where there is no repository just there.
    static @Nullable Path gitDirectory(Path place) {
        if (Files.exists(place.resolve(".git"))) {
            return place;
        }
        return Files.isDirectory(place.resolve("objects")) ? place : null;
    }

    @Override
    public Submodules.Finder below(Submodules.Named submodule) {
        var inModules = Paths.normal(submodule.name());
        return new LocalSubmodules(
                parent,
                List.of(),
                modules.resolve(inModules == null ? "none" : inModules).resolve("modules"));
    }
}
