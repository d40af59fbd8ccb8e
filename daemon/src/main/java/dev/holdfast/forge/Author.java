package dev.holdfast.forge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.forge.PullRequest.Kind;

/// Whose comments a token may touch. Anybody may write a comment that looks like one of ours: if it were taken for one,
/// its author could afterwards change what a reviewer trusts.
sealed interface Author {

    boolean wrote(JsonNode comment);

    /// The token's own user.
    record User(String id) implements Author {
        @Override
        public boolean wrote(JsonNode comment) {
            // GitLab says author, the others say user.
            return id.equals(comment.path("user").path("id").asText())
                    || id.equals(comment.path("author").path("id").asText());
        }
    }

    /// A GitHub App, GitHub Actions among them: its tokens may not ask who they are.
    record SomeBot() implements Author {
        @Override
        public boolean wrote(JsonNode comment) {
            return comment.path("user").path("type").asText().equals("Bot");
        }
    }

    /// @throws ForgeRefused where the token may not ask whose it is
    static Author of(ForgeApi api, Kind kind) throws InterruptedException {
        try {
            var id = api.send("GET", "/user", "").path("id").asText();
            if (id.isEmpty()) {
                throw new ForgeRefused("the forge does not say whose the token is");
            }
            return new User(id);
        } catch (ForgeRefused e) {
            if (e.status() != 403) {
                throw e;
            }
            if (kind == Kind.GITHUB) {
                return new SomeBot();
            }
            throw new ForgeRefused("the token may not ask whose it is, and so its own comments are not to be told from"
                    + " those of others: let it read its user (scope read:user at Gitea and Forgejo, api at GitLab)");
        }
    }
}
