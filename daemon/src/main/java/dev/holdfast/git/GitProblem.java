package dev.holdfast.git;

/// Something that a person must put right, in the settings or in the repository: no such branch, no such folder, a
/// refused key.
public final class GitProblem extends GitFailure {

    public GitProblem(String message) {
        super(message);
    }
}
