package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.forge.ForgeRefused;
import dev.holdfast.testing.SmallProxy;
import dev.holdfast.testing.StandInForge;
import dev.holdfast.testing.TestAuthority;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class CommentCommandTest {

    private static final String ONE = "<!-- holdfast:diff:prod:1 -->\n";
    private static final String TWO = "<!-- holdfast:diff:prod:2 -->\n";
    private static final String OTHER = "<!-- holdfast:diff:test:1 -->\n";

    private final StringWriter said = new StringWriter();

    private interface Opener {
        StandInForge open() throws Exception;
    }

    private interface Story {
        void tell(StandInForge forge) throws Exception;
    }

    private static Stream<DynamicTest> atEveryForge(Story story) {
        var forges = Map.<String, Opener>of(
                "GitHub", StandInForge::github,
                "a GitHub App", StandInForge::githubForAnApp,
                "Gitea", StandInForge::gitea,
                "GitLab", StandInForge::gitlab);
        return forges.entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> {
                    try (var forge = each.getValue().open()) {
                        story.tell(forge);
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> aCommentOfAnotherIsNeitherChangedNorRemovedWhateverItLooksLike() {
        return atEveryForge(forge -> {
            forge.write(ONE + "LGTM");
            forge.write(TWO + "mine");
            post(forge, ONE + "the plan");
            post(forge, ONE + "the new plan");
            assertThat(forge.comments()).containsExactly(ONE + "LGTM", TWO + "mine", ONE + "the new plan\n");
        });
    }

    @TestFactory
    Stream<DynamicTest> aCommentThatOnlyQuotesAMarkerIsNotTakenForAPart() {
        return atEveryForge(forge -> {
            forge.writeOwn("See:\n" + TWO);
            post(forge, ONE + "the plan");
            assertThat(forge.comments()).containsExactly("See:\n" + TWO, ONE + "the plan\n");
        });
    }

    @TestFactory
    Stream<DynamicTest> partsThatAreNoLongerNeededAndSecondCopiesAreRemovedAndThatIsSaid() {
        return atEveryForge(forge -> {
            Stream.of(ONE + "old", OTHER + "stays", ONE + "older", TWO + "more").forEach(forge::writeOwn);
            post(forge, ONE + "the plan");
            assertThat(forge.comments()).containsExactly(ONE + "the plan\n", OTHER + "stays");
            assertThat(said.toString())
                    .contains("updated diff:prod:1", "removed a second diff:prod:1", "removed diff:prod:2");
            said.getBuffer().setLength(0);
        });
    }

    @TestFactory
    Stream<DynamicTest> wordsBeforeADocumentDoNotHideItsMarkerTheNextTime() {
        return atEveryForge(forge -> {
            post(forge, "For prod:\n\n" + ONE + "the plan");
            post(forge, "For prod:\n\n" + ONE + "the new plan");
            assertThat(forge.comments()).containsExactly(ONE + "For prod:\n\nthe new plan\n");
        });
    }

    @Test
    void aTokenThatMayNotAskWhoseItIsWritesNothing() throws Exception {
        try (var forge = StandInForge.gitea().withoutUser()) {
            assertThatThrownBy(() -> post(forge, ONE + "the plan"))
                    .isInstanceOf(ForgeRefused.class)
                    .hasMessageContaining("read:user");
            assertThat(forge.comments()).isEmpty();
        }
    }

    @Test
    void aForgeOfACompanyIsReachedThroughItsProxyWithItsAuthority(@TempDir Path directory) throws Exception {
        var authority = TestAuthority.named("Corp Authority");
        var caFile = authority.pem(directory.resolve("ca.pem"));
        try (var forge = StandInForge.gitea(authority.server("git.corp.test"));
                var proxy = new SmallProxy("bob:hunter2")) {
            var environment = new HashMap<>(Map.of(
                    "HOLDFAST_TOKEN",
                    forge.token(),
                    "GITHUB_REPOSITORY",
                    "infra/apps",
                    "GITHUB_REF",
                    "refs/pull/12/merge",
                    "GITHUB_API_URL",
                    "https://git.corp.test:" + forge.port() + "/api/v1",
                    "HTTPS_PROXY",
                    "http://bob:hunter2@127.0.0.1:" + proxy.port(),
                    "GIT_SSL_NO_VERIFY",
                    "true"));
            var terminal = Terminal.plain(new PrintWriter(said), new PrintWriter(said));
            var command = new CommentCommand(new FakeBackend(), terminal);
            assertThatThrownBy(() -> command.post(ONE + "the plan", environment))
                    .isInstanceOf(ForgeRefused.class)
                    .hasMessageContainingAll("the certificate of git.corp.test", "CN=Corp Authority", "GIT_SSL_CAINFO");
            environment.put("GIT_SSL_CAINFO", caFile.toString());
            command.post(ONE + "the plan", environment);
            assertThat(forge.comments()).containsExactly(ONE + "the plan\n");
            assertThat(proxy.asked()).contains("CONNECT git.corp.test:" + forge.port() + " HTTP/1.1");
            environment.put("HTTPS_PROXY", "http://bob:wrong@127.0.0.1:" + proxy.port());
            assertThatThrownBy(() -> command.post(ONE + "the plan", environment))
                    .isInstanceOf(ForgeRefused.class)
                    .hasMessageContaining("of HTTPS_PROXY refuses the login")
                    .hasMessageNotContaining("wrong");
            environment.remove("HTTPS_PROXY");
            assertThatThrownBy(() -> command.post(ONE + "the plan", environment))
                    .isInstanceOf(ForgeRefused.class)
                    .hasMessageContaining("unknown host git.corp.test (no proxy is used: HTTPS_PROXY is not set)");
        }
    }

    private void post(StandInForge forge, String document) throws InterruptedException {
        var terminal = Terminal.plain(new PrintWriter(said), new PrintWriter(said));
        new CommentCommand(new FakeBackend(), terminal).post(document, environment(forge));
    }

    private static Map<String, String> environment(StandInForge forge) {
        var environment = new HashMap<>(Map.of("HOLDFAST_TOKEN", forge.token()));
        environment.putAll(
                forge.api().endsWith("/api/v4")
                        ? Map.of(
                                "CI_MERGE_REQUEST_IID", "12",
                                "CI_PROJECT_ID", "7",
                                "CI_API_V4_URL", forge.api())
                        : Map.of(
                                "GITHUB_REPOSITORY", "infra/apps",
                                "GITHUB_REF", "refs/pull/12/merge",
                                "GITHUB_API_URL", forge.api()));
        return environment;
    }
}
