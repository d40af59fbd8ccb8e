package dev.holdfast.git;

import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.jspecify.annotations.Nullable;

/// A repository of somebody else, read in place and never written.
final class LocalStore implements ObjectStore {

    private final Repository repository;

    private LocalStore(Repository repository) {
        this.repository = repository;
    }

    /// The repository that a directory belongs to, as Git finds it: here or above; null where there is none.
    static @Nullable LocalStore around(Path directory) {
        var builder = new FileRepositoryBuilder().findGitDir(directory.toFile());
        if (builder.getGitDir() == null) {
            return null;
        }
        try {
            return new LocalStore(builder.setMustExist(true).build());
        } catch (IOException | IllegalArgumentException e) {
            throw new GitProblem("cannot read the repository of " + directory + ": " + e.getMessage());
        }
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
    public void close() {
        repository.close();
    }
}
