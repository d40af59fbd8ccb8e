package dev.holdfast.forge;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A pull request or merge request, as a pipeline that runs for it is told.
///
/// @param api where the forge's API begins, without a slash at its end
/// @param project `owner/name`, or a project's ID at GitLab
public record PullRequest(Kind kind, String api, String project, String number) {

    public enum Kind {
        GITHUB,
        GITEA,
        GITLAB;

        /// @throws IllegalArgumentException for a word that is none
        public static Kind of(String word) {
            return switch (word.toLowerCase(Locale.ROOT)) {
                case "github" -> GITHUB;
                case "gitea", "forgejo", "codeberg" -> GITEA;
                case "gitlab" -> GITLAB;
                default ->
                    throw new IllegalArgumentException(
                            "there is no forge \"" + word + "\": there are github, gitea, forgejo and gitlab");
            };
        }
    }

    private static final Pattern REF = Pattern.compile("refs/pull/(\\d+)/.*");

    /// From the variables that GitHub Actions, Gitea and Forgejo Actions, GitLab CI and Woodpecker set.
    ///
    /// @return empty where they name no pull request
    public static Optional<PullRequest> of(Map<String, String> environment) {
        var found = environment.containsKey("GITHUB_REPOSITORY")
                ? ofActions(environment)
                : environment.containsKey("CI_MERGE_REQUEST_IID") ? ofGitlab(environment) : ofWoodpecker(environment);
        return Optional.ofNullable(found);
    }

    private static @Nullable PullRequest ofActions(Map<String, String> environment) {
        Matcher ref = REF.matcher(environment.getOrDefault("GITHUB_REF", ""));
        if (!ref.matches()) {
            return null;
        }
        var api = environment.getOrDefault("GITHUB_API_URL", "https://api.github.com");
        var kind = api.endsWith("/api/v1") ? Kind.GITEA : Kind.GITHUB;
        return new PullRequest(kind, api, environment.getOrDefault("GITHUB_REPOSITORY", ""), ref.group(1));
    }

    private static PullRequest ofGitlab(Map<String, String> environment) {
        return new PullRequest(
                Kind.GITLAB,
                environment.getOrDefault("CI_API_V4_URL", "https://gitlab.com/api/v4"),
                environment.getOrDefault("CI_PROJECT_ID", ""),
                environment.getOrDefault("CI_MERGE_REQUEST_IID", ""));
    }

    private static @Nullable PullRequest ofWoodpecker(Map<String, String> environment) {
        var number = environment.getOrDefault("CI_COMMIT_PULL_REQUEST", "");
        var type = environment.getOrDefault("CI_FORGE_TYPE", "");
        if (number.isEmpty() || type.isEmpty()) {
            return null;
        }
        var kind = Kind.of(type);
        var forge = environment.getOrDefault("CI_FORGE_URL", "").replaceFirst("/+$", "");
        var api = switch (kind) {
            case GITHUB ->
                forge.isEmpty() || forge.equals("https://github.com") ? "https://api.github.com" : forge + "/api/v3";
            case GITEA -> forge + "/api/v1";
            case GITLAB -> forge + "/api/v4";
        };
        return new PullRequest(kind, api, environment.getOrDefault("CI_REPO", ""), number);
    }

    @Override
    public String toString() {
        return project + (kind == Kind.GITLAB ? "!" : "#") + number;
    }
}
