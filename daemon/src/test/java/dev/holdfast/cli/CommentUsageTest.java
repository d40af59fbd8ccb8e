package dev.holdfast.cli;

import static dev.holdfast.cli.Ran.holdfast;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a person may mistype, answered with what to write.
class CommentUsageTest {

    private static final String DOCUMENT = "<!-- holdfast:diff:prod:1 -->\nthe plan\n";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "gitea, git.example.com/api/v1, o/r, 7, --api",
        "gitea, 127.0.0.1:8977/gh, o/r, 7, --api",
        "gitea, ftp://git.example.com, o/r, 7, --api",
        "gitea, https://git example.com, o/r, 7, --api",
        "gitea, https:///api/v1, o/r, 7, --api",
        "gitea, http://127.0.0.1:99999, o/r, 7, --api",
        "gitea, https://git.example.com/api/v1, 'o/my repo', 7, --project",
        "github, https://api.github.com, r, 7, --project",
        "gitlab, https://gitlab.com/api/v4, 'a/b c', 7, --project",
        "gitlab, https://gitlab.com/api/v4, a/b/c, '1 2', --number",
        "github, https://api.github.com, o/r, #7, --number",
    })
    void anAddressThatIsNoneIsWrongUsage(String forge, String api, String project, String number, String named)
            throws IOException {
        var file = Files.writeString(folder.resolve("comment.md"), DOCUMENT);
        var ran = holdfast(
                new FakeBackend(),
                "comment",
                file.toString(),
                "--forge=" + forge,
                "--api=" + api,
                "--project=" + project,
                "--number=" + number);
        assertThat(ran.code()).isEqualTo(Exit.USAGE);
        assertThat(ran.err()).contains(named + " is ", "such as").doesNotContain("bug", "Exception");
    }

    @Test
    void aTokenOfSeveralLinesIsRefusedAndNotShown() {
        var terminal = Terminal.plain(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()));
        var environment = Map.of(
                "GITHUB_REPOSITORY", "infra/apps",
                "GITHUB_REF", "refs/pull/12/merge",
                "HOLDFAST_TOKEN", "first\nsecond");
        assertThatThrownBy(() -> new CommentCommand(new FakeBackend(), terminal).post(DOCUMENT, environment))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("HOLDFAST_TOKEN")
                .hasMessageNotContainingAny("first", "second");
    }
}
