package dev.holdfast.cli;

import dev.holdfast.forge.Comments;
import dev.holdfast.forge.PullRequest;
import dev.holdfast.git.HttpAccess;
import dev.holdfast.report.MarkdownParts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@CommandLine.Command(
        name = "comment",
        description = "Posts what `-o markdown` has written to the pull request that a pipeline runs for, in place of"
                + " what it posted before.",
        footer = {
            "",
            "Knows GitHub, Gitea and Forgejo Actions, GitLab CI and Woodpecker by their variables. The token is read",
            "from HOLDFAST_TOKEN, else GITHUB_TOKEN. Only comments of its own user are touched.",
            "",
            "Example:",
            "  holdfast diff origin/main...HEAD -o markdown | holdfast comment",
        })
final class CommentCommand extends Command {

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "The Markdown. Default: standard input.")
    private @Nullable Path file;

    @Option(names = "--forge", paramLabel = "KIND", description = "github, gitea, forgejo or gitlab.")
    private @Nullable String forge;

    @Option(names = "--api", paramLabel = "URL", description = "Where its API begins: https://git.example.com/api/v1.")
    private @Nullable String api;

    @Option(names = "--project", paramLabel = "PROJECT", description = "owner/name; at GitLab also the ID.")
    private @Nullable String project;

    @Option(names = "--number", paramLabel = "NUMBER", description = "Of the pull request.")
    private @Nullable String number;

    CommentCommand(Backend backend, Terminal terminal) {
        super(backend, terminal);
    }

    @Override
    public Integer call() throws InterruptedException {
        return post(read(), System.getenv());
    }

    int post(String document, Map<String, String> environment) throws InterruptedException {
        var parts = MarkdownParts.split(document);
        if (parts.isEmpty()) {
            throw new UsageException("this is not what -o markdown writes: the marker <!-- holdfast:… --> is missing");
        }
        var pullRequest = pullRequest(environment);
        var access = HttpAccess.of(environment);
        var route = access.route(pullRequest.api());
        try (var comments = new Comments(pullRequest, token(environment), route, access.tls(pullRequest.api()))) {
            new Posting(pullRequest, comments, terminal).post(parts);
        }
        return Exit.DONE;
    }

    private PullRequest pullRequest(Map<String, String> environment) {
        try {
            var told = PullRequest.of(environment).orElse(null);
            if (told == null && (forge == null || api == null || project == null || number == null)) {
                throw new UsageException("which pull request? No pipeline's variables name one: say --forge, --api,"
                        + " --project and --number");
            }
            return checked(new PullRequest(
                    forge != null || told == null ? PullRequest.Kind.of(String.valueOf(forge)) : told.kind(),
                    api != null || told == null ? String.valueOf(api).replaceFirst("/+$", "") : told.api(),
                    project != null || told == null ? String.valueOf(project) : told.project(),
                    number != null || told == null ? String.valueOf(number) : told.number()));
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private static PullRequest checked(PullRequest said) {
        if (!isUrl(said.api())) {
            throw new UsageException(
                    "--api is the URL where the forge's API begins, such as https://git.example.com/api/v1 (got \""
                            + said.api() + "\")");
        }
        var gitlab = said.kind() == PullRequest.Kind.GITLAB;
        if (!said.project().matches(gitlab ? "[\\w.-]+(/[\\w.-]+)*" : "[\\w.-]+/[\\w.-]+")) {
            throw new UsageException("--project is "
                    + (gitlab ? "a project's path or ID, such as infra/apps or 7" : "owner/name, such as infra/apps")
                    + " (got \"" + said.project() + "\")");
        }
        if (!said.number().matches("[0-9]+")) {
            throw new UsageException(
                    "--number is the pull request's number, such as 12 (got \"" + said.number() + "\")");
        }
        return said;
    }

    private static boolean isUrl(String text) {
        try {
            var url = new URI(text);
            return url.getHost() != null
                    && url.getPort() <= 65_535
                    && String.valueOf(url.getScheme()).matches("(?i)https?");
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static String token(Map<String, String> environment) {
        var token = environment.getOrDefault("HOLDFAST_TOKEN", environment.getOrDefault("GITHUB_TOKEN", ""));
        if (token.isBlank()) {
            throw new UsageException("no token: set HOLDFAST_TOKEN to one that may write comments");
        }
        // A line feed in a header's value is refused with a message that shows the value.
        if (!token.strip().matches("[!-~]+")) {
            throw new UsageException(
                    "HOLDFAST_TOKEN is not a token alone: there are blanks, lines or other characters in it");
        }
        return token.strip();
    }

    private String read() {
        try {
            return file == null ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8) : Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + (file == null ? "standard input" : file), e);
        }
    }
}
