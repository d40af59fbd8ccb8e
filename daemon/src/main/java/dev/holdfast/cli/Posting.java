package dev.holdfast.cli;

import dev.holdfast.forge.Comments;
import dev.holdfast.forge.Comments.Comment;
import dev.holdfast.forge.PullRequest;
import dev.holdfast.report.MarkdownParts;
import dev.holdfast.report.MarkdownParts.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Makes the comments of a pull request what a document's parts say: one comment for each part, in place of the last.
final class Posting {

    private final PullRequest pullRequest;
    private final Comments comments;
    private final Terminal terminal;

    Posting(PullRequest pullRequest, Comments comments, Terminal terminal) {
        this.pullRequest = pullRequest;
        this.comments = comments;
        this.terminal = terminal;
    }

    void post(List<Part> parts) throws InterruptedException {
        var there = there();
        for (var part : parts) {
            var old = there.getOrDefault(part.key(), List.of());
            if (old.isEmpty()) {
                comments.add(part.text());
                terminal.say("posted " + part.key() + " to " + pullRequest);
            } else if (!old.getFirst().body().strip().equals(part.text().strip())) {
                comments.replace(old.getFirst().id(), part.text());
                terminal.say("updated " + part.key() + " of " + pullRequest);
            } else {
                terminal.say(part.key() + " of " + pullRequest + " is up to date");
            }
        }
        removeSpare(there, parts.stream().map(Part::key).toList());
    }

    /// Our comments by their keys.
    private Map<String, List<Comment>> there() throws InterruptedException {
        var there = new LinkedHashMap<String, List<Comment>>();
        for (var comment : comments.own()) {
            var key = MarkdownParts.key(comment.body());
            if (key != null) {
                there.computeIfAbsent(key, first -> new ArrayList<>()).add(comment);
            }
        }
        return there;
    }

    /// A document that has become shorter needs fewer comments than before; two pipelines side by side post one
    /// twice.
    private void removeSpare(Map<String, List<Comment>> there, List<String> wanted) throws InterruptedException {
        var documents = wanted.stream().map(Posting::document).collect(Collectors.toSet());
        for (var each : there.entrySet()) {
            if (!documents.contains(document(each.getKey()))) {
                continue;
            }
            var kept = wanted.contains(each.getKey()) ? 1 : 0;
            for (var comment : each.getValue().subList(kept, each.getValue().size())) {
                comments.remove(comment.id());
                terminal.say("removed " + (kept == 0 ? "" : "a second ") + each.getKey() + " of " + pullRequest
                        + (kept == 0 ? ": there is no such part any more" : ""));
            }
        }
    }

    private static String document(String key) {
        return key.substring(0, key.lastIndexOf(':') + 1);
    }
}
