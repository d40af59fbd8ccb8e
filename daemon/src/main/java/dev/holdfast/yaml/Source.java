package dev.holdfast.yaml;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/// The files of one state of a configuration repository: of a commit, or of a directory as it is. Consistent: two reads
/// of the same path give the same bytes.
public interface Source {

    /// No file that Holdfast reads may be larger, in bytes.
    int MAX_FILE_BYTES = 1 << 20;

    /// All regular files, as paths with `/` relative to the repository's configured folder. Symlinks that lead to a
    /// regular file inside the repository count as files, and so do those of submodules.
    SortedSet<String> paths();

    /// Folders whose files should be among the paths and cannot be read, such as a submodule that is not checked
    /// out; and why, for people, after the folder's path.
    default SortedMap<String, String> unreadableFolders() {
        return Collections.emptySortedMap();
    }

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
