package dev.holdfast.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.yaml.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigRepositoryTest {

    @TempDir
    Path directory;

    private ConfigRepository open(Origin origin, @Nullable String ref) {
        return open(origin.url(), ref, ".");
    }

    private ConfigRepository open(String url, @Nullable String ref, String path) {
        return ConfigRepository.open(
                new RepositoryLocation.Remote(url, ref, path, Credentials.NONE, directory.resolve("cache")));
    }

    static String text(Source source, String path) {
        return source.read(path)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse("(none)");
    }

    @Test
    void readsTheDefaultBranchOverFileUrlsAndPlainPaths() throws IOException {
        var origin = Origin.withOneApp(directory);
        for (var url : new String[] {origin.url(), origin.bare().toString()}) {
            try (var repository = open(url, null, ".")) {
                var checkout = repository.checkout();
                assertThat(checkout.commit()).isEqualTo(origin.git("rev-parse", "HEAD"));
                assertThat(checkout.rootCommit()).isEqualTo(checkout.commit());
                assertThat(checkout.subject()).isEqualTo("Add web");
                assertThat(checkout.workTree()).isFalse();
                assertThat(checkout.dirty()).isFalse();
                assertThat(checkout.source().paths()).containsExactly("apps/web.yaml");
                assertThat(text(checkout.source(), "apps/web.yaml")).startsWith("name: web");
                assertThat(text(checkout.source(), "apps/none.yaml")).isEqualTo("(none)");
                assertThat(text(checkout.source(), "apps")).isEqualTo("(none)");
            }
        }
    }

    @Test
    void seesWhatIsPushedLaterAndDoesNotFetchWhatHasNotMoved() throws IOException {
        var origin = Origin.withOneApp(directory);
        try (var repository = open(origin, "main")) {
            var first = repository.checkout();
            var fetchHead = directory.resolve("cache").toFile().listFiles((at, name) -> name.endsWith(".git"))[0];
            var packs = fetchHead.toPath().resolve("objects/pack").toFile();
            var before = packs.list().length;
            repository.checkout();
            assertThat(packs.list()).hasSize(before);

            origin.write("apps/db.yaml", "name: db\n");
            var second = origin.commitAndPush("Add db");
            var checkout = repository.checkout();
            assertThat(checkout.commit()).isEqualTo(second);
            assertThat(checkout.rootCommit()).isEqualTo(first.commit());
            assertThat(repository.isAncestor(first.commit(), second)).isTrue();
            assertThat(repository.isAncestor(second, first.commit())).isFalse();
            assertThat(text(first.source(), "apps/db.yaml")).isEqualTo("(none)");
        }
    }

    @Test
    void aForcedPushIsFollowedAndIsNoDescendant() throws IOException {
        var origin = Origin.withOneApp(directory);
        origin.write("apps/db.yaml", "name: db\n");
        var lost = origin.commitAndPush("Add db");
        try (var repository = open(origin, "main")) {
            assertThat(repository.checkout().commit()).isEqualTo(lost);
            origin.git("reset", "-q", "--hard", "HEAD~1");
            origin.write("apps/cache.yaml", "name: cache\n");
            var rewritten = origin.commitAndPush("Another way");
            assertThat(repository.checkout().commit()).isEqualTo(rewritten);
            assertThat(repository.isAncestor(lost, rewritten)).isFalse();
            assertThat(repository.known(lost)).isPresent();
        }
        try (var fresh = open(origin.bare().toString(), "main", ".")) {
            var now = fresh.checkout().commit();
            assertThat(fresh.isAncestor("0123456789012345678901234567890123456789", now))
                    .isFalse();
            assertThat(fresh.isAncestor("worktree", now)).isFalse();
        }
    }

    @Test
    void aBranchThatIsGoneIsAProblemThatNamesTheOthers() throws IOException {
        var origin = Origin.withOneApp(directory);
        origin.git("push", "-q", "origin", "HEAD:production", "HEAD:staging");
        try (var repository = open(origin, "production")) {
            repository.checkout();
            origin.git("push", "-q", "origin", ":production");
            assertThatThrownBy(repository::checkout)
                    .isInstanceOf(GitProblem.class)
                    .hasMessage("there is no branch, tag or commit \"production\" in " + origin.url()
                            + "; there are main, staging");
        }
    }

    @Test
    void aBranchMayBecomeAFolderOfBranches() throws IOException {
        var origin = Origin.withOneApp(directory);
        origin.git("push", "-q", "origin", "HEAD:release");
        try (var repository = open(origin, "main")) {
            repository.checkout();
            origin.git("push", "-q", "origin", ":release");
            origin.git("push", "-q", "origin", "HEAD:release/one");
            var commit = origin.commitAndPush("Next");
            assertThat(repository.checkout().commit()).isEqualTo(commit);
            assertThat(repository.checkout("release/one").subject()).isEqualTo("Add web");
        }
    }

    @Test
    void tagsFullRefsAndCommitsCanBeAskedFor() throws IOException {
        var origin = Origin.withOneApp(directory);
        var first = origin.git("rev-parse", "HEAD");
        origin.git("tag", "-a", "v1", "-m", "One");
        origin.git("push", "-q", "origin", "v1", "HEAD:refs/pull/12/head");
        origin.git("checkout", "-q", "-b", "later");
        origin.write("apps/db.yaml", "name: db\n");
        origin.commitAndPush("Add db");
        for (var ref : new String[] {"v1", "refs/tags/v1", "refs/pull/12/head", "main", first, first.substring(0, 8)}) {
            try (var repository = open(origin, ref)) {
                assertThat(repository.checkout().commit()).as(ref).isEqualTo(first);
            }
        }
        try (var repository = open(origin, "abcdef1234")) {
            assertThatThrownBy(repository::checkout)
                    .isInstanceOf(GitProblem.class)
                    .hasMessageContaining("abcdef1234");
        }
    }

    @Test
    void aNameThatIsBranchAndTagMustBeSpelledOut() throws IOException {
        var origin = Origin.withOneApp(directory);
        origin.git("tag", "v1");
        origin.commit("Later");
        origin.git("push", "-q", "origin", "v1", "HEAD:refs/heads/v1");
        try (var repository = open(origin, "v1")) {
            assertThatThrownBy(repository::checkout)
                    .isInstanceOf(GitProblem.class)
                    .hasMessageContaining("write refs/heads/v1 or refs/tags/v1");
        }
    }

    @Test
    void anEmptyRepositoryAndAMissingFolderAndAMissingRepositoryAreProblems() throws IOException {
        var origin = Origin.empty(directory);
        try (var repository = open(origin, null)) {
            assertThatThrownBy(repository::checkout)
                    .isInstanceOf(GitProblem.class)
                    .hasMessageContaining("is empty");
        }
        origin.write("apps/web.yaml", "name: web\n");
        origin.commitAndPush("Add web");
        for (var path : new String[] {"clusters/prod", "apps/web.yaml"}) {
            try (var repository = open(origin.url(), null, path)) {
                assertThatThrownBy(repository::checkout)
                        .isInstanceOf(GitProblem.class)
                        .hasMessageContaining("no folder \"" + path + "\"");
            }
        }
        try (var repository = open("file:///nowhere/at/all", null, ".")) {
            assertThatThrownBy(repository::checkout)
                    .isInstanceOf(GitFailure.class)
                    .hasMessageContaining("/nowhere/at/all");
        }
        assertThatThrownBy(() -> open("ftp://example.org/x", null, ".")).isInstanceOf(GitProblem.class);
        assertThatThrownBy(() -> open(origin.url(), null, "../x")).isInstanceOf(GitProblem.class);
    }

    @Test
    void onlyTheConfiguredFolderIsRead() throws IOException {
        var origin = Origin.withOneApp(directory);
        origin.write("clusters/prod/apps/db.yaml", "name: db\n");
        origin.commitAndPush("Add db");
        try (var repository = open(origin.url(), null, "./clusters//prod/")) {
            var source = repository.checkout().source();
            assertThat(source.paths()).containsExactly("apps/db.yaml");
            assertThatThrownBy(() -> source.read("../../apps/web.yaml")).isInstanceOf(Source.UnreadableFile.class);
        }
    }

    @Test
    void historySaysWhoChangedAFileAndWhoRemovedIt() throws IOException {
        var origin = Origin.withOneApp(directory);
        var first = origin.git("rev-parse", "HEAD");
        origin.write("apps/web.yaml", "name: web\nimage: nginx:1.28\n");
        origin.commit("Newer nginx");
        origin.write("apps/db.yaml", "name: db\n");
        var dbAdded = origin.commit("Add db");
        Files.delete(origin.work().resolve("apps/web.yaml"));
        var removal = origin.commitAndPush("Remove web\n\nNobody uses it.");
        try (var repository = open(origin, null)) {
            var head = repository.checkout().commit();
            var last = repository.lastChange("apps/web.yaml", head).orElseThrow();
            assertThat(last.commit()).isEqualTo(removal);
            assertThat(last.author()).isEqualTo("Ada");
            assertThat(last.subject()).isEqualTo("Remove web");
            assertThat(repository.lastChange("apps/web.yaml", dbAdded))
                    .map(CommitInfo::subject)
                    .contains("Newer nginx");
            assertThat(repository.lastChange("apps/web.yaml", first))
                    .map(CommitInfo::subject)
                    .contains("Add web");
            assertThat(repository.commitInfo(removal)).contains(last);
            assertThat(repository.commitInfo("worktree")).isEmpty();
            assertThat(repository.lastChange("apps/none.yaml", head)).isEmpty();
        }
    }

    @Test
    void aThousandFilesAreReadInAMoment() throws IOException {
        var origin = Origin.empty(directory);
        for (int i = 0; i < 1000; i++) {
            origin.write("apps/group" + i % 20 + "/app" + i + ".yaml", "name: app" + i + "\nimage: nginx:1.27\n");
        }
        origin.commitAndPush("Add a thousand");
        try (var repository = open(origin, null)) {
            repository.checkout();
            var start = System.nanoTime();
            var source = repository.checkout().source();
            for (var path : source.paths()) {
                assertThat(source.read(path)).isPresent();
            }
            assertThat(source.paths()).hasSize(1000);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void manyFetchesDoNotPileUp() throws IOException {
        var origin = Origin.withOneApp(directory);
        try (var repository = open(origin.work().toString(), null, ".")) {
            repository.checkout();
            for (int i = 0; i < 45; i++) {
                origin.git("commit", "-q", "--allow-empty", "-m", "Version " + i);
                repository.checkout();
            }
            assertThat(repository.checkout().subject()).isEqualTo("Version 44");
            try (var files = Files.walk(directory.resolve("cache"))) {
                assertThat(files.filter(file -> file.toString().endsWith(".pack"))
                                .count())
                        .isLessThan(40);
            }
        }
    }
}
