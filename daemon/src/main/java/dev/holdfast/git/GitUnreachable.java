package dev.holdfast.git;

/// The repository is out of reach at the moment; waiting and trying again is all there is to do.
public final class GitUnreachable extends GitFailure {

    public GitUnreachable(String message) {
        super(message);
    }
}
