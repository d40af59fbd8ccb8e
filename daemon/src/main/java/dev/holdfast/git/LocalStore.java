package dev.holdfast.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.jspecify.annotations.Nullable;

/// A repository of somebody else, read in place and never written.
final class LocalStore implements ObjectStore {

    private static final List<String> FORM_OF_FILES =
            List.of("autocrlf", "eol", "safecrlf", "attributesfile", "symlinks", "filemode");

    private final Repository repository;
    private final MachineConfig machine;
    private final Map<Path, LocalStore> submodules = new HashMap<>();

    private LocalStore(Repository repository, MachineConfig machine) {
        this.repository = repository;
        this.machine = machine;
    }

    /// The repository that a directory belongs to, as Git finds it: here or above; null where there is none.
    static @Nullable LocalStore around(Path directory, MachineConfig machine) {
        var builder = new FileRepositoryBuilder().findGitDir(directory.toFile());
        return builder.getGitDir() == null ? null : open(builder, directory, machine);
    }

    private static LocalStore open(FileRepositoryBuilder builder, Path directory, MachineConfig machine) {
        try {
            var repository = builder.setMustExist(true).build();
            settle(repository.getConfig(), machine);
            return new LocalStore(repository, machine);
        } catch (IOException | IllegalArgumentException e) {
            throw new GitProblem("cannot read the repository of " + directory + ": " + e.getMessage());
        }
    }

    /// In memory: what the user's settings say of the form of files holds here, too; and no program runs to filter
    /// them.
    private static void settle(StoredConfig config, MachineConfig machine) {
        for (var name : FORM_OF_FILES) {
            var value = machine.get("core", null, name);
            if (value != null && config.getString("core", null, name) == null) {
                config.setString("core", null, name, value);
            }
        }
        for (var filter : config.getSubsections("filter")) {
            if (config.getString("filter", filter, "clean") != null) {
                config.setString("filter", filter, "holdfast", "clean");
                config.unset("filter", filter, "clean");
            }
        }
    }

    /// Whether files with that filter are stored otherwise than they lie in the work tree.
    boolean hasFilter(String name) {
        var config = repository.getConfig();
        return config.getString("filter", name, "holdfast") != null
                || config.getString("filter", name, "process") != null
                || machine.hasFilter(name);
    }

    /// The repository of a submodule just there, as work tree or as Git keeps it; null where there is none.
    synchronized @Nullable LocalStore submodule(Path place) {
        var known = submodules.get(place);
        if (known == null) {
            var builder = Files.exists(place.resolve(".git"))
                    ? new FileRepositoryBuilder()
                            .addCeilingDirectory(
                                    place.getParent() == null
                                            ? null
                                            : place.getParent().toFile())
                            .findGitDir(place.toFile())
                    : new FileRepositoryBuilder().setGitDir(place.toFile()).setBare();
            if (builder.getGitDir() == null || !builder.getGitDir().isDirectory()) {
                return null;
            }
            known = open(builder, place, machine);
            submodules.put(place, known);
        }
        return known;
    }

    /// Root of the work tree; null for a bare repository.
    @Nullable
    Path workTree() {
        return repository.isBare() ? null : repository.getWorkTree().toPath();
    }

    Repository repository() {
        return repository;
    }

    @Override
    public <T> T read(Reading<T> reading) {
        try {
            return reading.from(repository);
        } catch (IOException e) {
            throw new GitProblem("cannot read the repository " + repository.getDirectory() + ": " + e.getMessage());
        }
    }

    @Override
    public synchronized void close() {
        submodules.values().forEach(LocalStore::close);
        repository.close();
    }
}
