package dev.holdfast.git;

/// Why the configuration repository could not be read. The message is one for people: no stack trace, no password.
public sealed class GitFailure extends RuntimeException permits GitUnreachable, GitProblem {

    GitFailure(String message) {
        super(message);
    }
}
