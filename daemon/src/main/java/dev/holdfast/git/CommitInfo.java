package dev.holdfast.git;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.eclipse.jgit.revwalk.RevCommit;

/// Who did something, and when.
///
/// @param when it was committed, which for a rebased or merged change is later than it was written
/// @param subject first line of the message
public record CommitInfo(String commit, String author, String email, Instant when, String subject) {

    static CommitInfo of(RevCommit commit) {
        var author = commit.getAuthorIdent();
        return new CommitInfo(
                commit.name(),
                author == null ? "" : author.getName(),
                author == null ? "" : author.getEmailAddress(),
                Instant.ofEpochSecond(commit.getCommitTime()),
                subject(commit));
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
