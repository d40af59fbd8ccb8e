package dev.holdfast.git;

import java.io.IOException;
import org.eclipse.jgit.lib.Repository;

/// A repository's objects. Readings may be repeated: a damaged clone is made anew under them.
sealed interface ObjectStore extends AutoCloseable permits BareClone, LocalStore {

    /// @throws GitFailure where the objects cannot be read
    <T> T read(Reading<T> reading);

    @Override
    void close();

    @FunctionalInterface
    interface Reading<T> {
        T from(Repository repository) throws IOException;
    }
}
