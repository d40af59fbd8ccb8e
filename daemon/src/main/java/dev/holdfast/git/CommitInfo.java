package dev.holdfast.git;

import java.nio.charset.StandardCharsets;
import org.eclipse.jgit.revwalk.RevCommit;

/// Who did something, and what.
///
/// @param subject first line of the message
public record CommitInfo(String commit, String author, String subject) {

    static CommitInfo of(RevCommit commit) {
        var author = commit.getAuthorIdent();
        return new CommitInfo(commit.name(), author == null ? "" : author.getName(), subject(commit));
    }

    static String subject(RevCommit commit) {
        try {
            return commit.getShortMessage();
        } catch (IllegalArgumentException unknownEncoding) {
            return new String(commit.getRawBuffer(), StandardCharsets.UTF_8)
                    .replaceFirst("(?s)^.*?\n\n", "")
                    .lines()
                    .findFirst()
                    .orElse("");
        }
    }
}
