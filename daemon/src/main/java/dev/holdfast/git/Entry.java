package dev.holdfast.git;

/// What is at a path of a repository, for somebody who wants to read it.
///
/// @param <F> what a file is read by
sealed interface Entry<F> {

    record RegularFile<F>(F key) implements Entry<F> {}

    /// @param why for people
    record Unreadable<F>(String why) implements Entry<F> {}

    String LEAVES = "is a symlink that leaves the repository";
    String NOWHERE = "is a symlink that leads nowhere";
    String LOOP = "is a symlink that leads in circles";
    String TO_DIRECTORY = "is a symlink to a directory";
    String NO_FILE = "is not a regular file";
}
