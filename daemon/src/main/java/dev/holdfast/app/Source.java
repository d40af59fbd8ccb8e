package dev.holdfast.app;

import java.util.Optional;
import java.util.SortedSet;

/// The files of one state of a configuration repository: of a commit, or of a directory as it is. Consistent: two reads
/// of the same path give the same bytes.
public interface Source {

    /// No file that Holdfast reads may be larger, in bytes.
    int MAX_FILE_BYTES = 1 << 20;

    /// All regular files, as paths with `/` relative to the repository's configured folder. Symlinks that lead to a
    /// regular file inside the repository count as files, submodules do not.
    SortedSet<String> paths();

    /// The bytes of a file; empty where there is no such file.
    ///
    /// @throws UnreadableFile where it is too large, or a symlink that leaves the repository
    Optional<byte[]> read(String path);

    /// A file that is there but must not or cannot be read; the message says why and is shown to people.
    final class UnreadableFile extends RuntimeException {
        public UnreadableFile(String message) {
            super(message);
        }
    }
}
