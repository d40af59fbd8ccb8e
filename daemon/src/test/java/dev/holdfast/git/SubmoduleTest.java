package dev.holdfast.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.app.Desired;
import dev.holdfast.app.DesiredReader;
import dev.holdfast.testing.TestAuthority;
import dev.holdfast.yaml.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Repositories in a repository, each at the commit that the tree names.
@Timeout(120)
class SubmoduleTest {

    private static final String DB = "image: postgres:17\n";

    private final Path directory;

    /// Both are served by one server, as `main/apps.git` and `team/apps.git`.
    private final Origin main;

    private final Origin team;

    SubmoduleTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        team = Origin.empty(directory.resolve("team"));
        team.write("apps/db.yaml", DB);
        team.write("files/db.conf", "max_connections = 7\n");
        team.commitAndPush("Add db");
        main = Origin.withOneApp(directory.resolve("main"));
        main.git("submodule", "add", "-q", team.bare().toString(), "team");
        main.git("config", "-f", ".gitmodules", "submodule.team.url", "../../team/apps.git");
        Files.createSymbolicLink(main.work().resolve("apps/db.yaml"), Path.of("../team/apps/db.yaml"));
        main.commitAndPush("Add the team's");
        // What the tree names, not what the team has now.
        team.write("apps/db.yaml", "image: postgres:18\n");
        team.commitAndPush("Next");
    }

    private static Checkout local(Path directory, @Nullable String ref) {
        return local(directory, ref, ".");
    }

    private static Checkout local(Path directory, @Nullable String ref, String path) {
        try (var repository = ConfigRepository.open(new RepositoryLocation.Local(directory, ref, path))) {
            return repository.checkout();
        }
    }

    private ConfigRepository remote(String url, Credentials credentials) {
        return remote(url, credentials, ".");
    }

    private ConfigRepository remote(String url, Credentials credentials, String path) {
        return ConfigRepository.open(
                new RepositoryLocation.Remote(url, null, path, credentials, directory.resolve("cache")),
                Duration.ofSeconds(20),
                Duration.ofSeconds(60),
                Map.of());
    }

    private void addTeamBelowApps() throws IOException {
        main.git("submodule", "add", "-q", team.bare().toString(), "apps/team");
        main.git("config", "-f", ".gitmodules", "submodule.apps/team.url", "../../team/apps.git");
        main.commitAndPush("Apps of the team");
    }

    private static void assertHasTheTeamsFiles(Source source) {
        assertThat(source.unreadableFolders()).isEmpty();
        assertThat(source.paths()).contains("team/apps/db.yaml", "team/files/db.conf", "apps/db.yaml");
        assertThat(ConfigRepositoryTest.text(source, "apps/db.yaml")).isEqualTo(DB);
        assertThat(ConfigRepositoryTest.text(source, "team/apps/db.yaml")).isEqualTo(DB);
        assertThat(ConfigRepositoryTest.text(source, "team/files/db.conf")).startsWith("max_connections");
    }

    @Test
    void aCommitAndAWorkTreeHaveTheFilesOfItsSubmodules() {
        assertHasTheTeamsFiles(local(main.work(), "HEAD").source());
        var here = local(main.work(), null);
        assertHasTheTeamsFiles(here.source());
        assertThat(here.dirty()).isFalse();
        for (var ref : new @Nullable String[] {"HEAD", null}) {
            assertThat(local(main.work(), ref, "team").source().paths())
                    .containsExactly("apps/db.yaml", "files/db.conf");
            assertThat(local(main.work(), ref, "team/apps").source().paths()).containsExactly("db.yaml");
        }
    }

    @Test
    void aServersSubmodulesAreFetchedWithTheSameLoginByRelativeAddresses() throws Exception {
        var authority = TestAuthority.named("Corp Authority");
        var caFile = authority.pem(directory.resolve("ca.pem"));
        var password = Files.writeString(directory.resolve("password"), HttpOrigin.PASSWORD + "\n");
        try (var server = new HttpOrigin(directory, 0, authority.server("127.0.0.1"))) {
            var url = server.url().replace("/apps.git", "/main/apps.git");
            var login = new Credentials(null, null, "ada", password, caFile);
            try (var repository = remote(url, login)) {
                assertHasTheTeamsFiles(repository.checkout().source());
                var asked = server.fetches();
                assertHasTheTeamsFiles(repository.checkout().source());
                assertThat(server.fetches()).isEqualTo(asked);
                // Who changed what: the commit that moved the submodule.
                var tip = main.git("rev-parse", "HEAD");
                assertThat(repository.lastChange("team/apps/db.yaml", tip).map(CommitInfo::subject))
                        .contains("Add the team's");
                assertThat(repository.lastChange("apps/web.yaml", tip)).isPresent();
            }
            try (var repository = remote(url, login, "team")) {
                assertThat(repository.checkout().source().paths()).containsExactly("apps/db.yaml", "files/db.conf");
            }
        }
    }

    @Test
    void aPathOnThisMachineHasItsSubmodulesToo() {
        try (var repository = remote("file://" + main.bare(), Credentials.NONE)) {
            assertHasTheTeamsFiles(repository.checkout().source());
        }
    }

    @Test
    void oneThatIsNotCheckedOutIsAProblemAtEachPathThatLiesInIt() throws IOException {
        addTeamBelowApps();
        var clone = directory.resolve("clone");
        main.git("clone", "-q", main.bare().toString(), clone.toString());
        for (var ref : new @Nullable String[] {"HEAD", null}) {
            var checkout = local(clone, ref);
            assertThat(checkout.dirty()).isFalse();
            assertThat(checkout.source().unreadableFolders()).containsOnlyKeys("team", "apps/team");
            assertThatThrownBy(() -> checkout.source().read("team/files/db.conf"))
                    .isInstanceOf(Source.UnreadableFile.class)
                    .hasMessageContainingAll("team/files/db.conf lies in team", "git submodule update --init");
            assertThat(problems(DesiredReader.read(checkout.source()))).contains("apps/team: ", "git submodule update");
            assertThatThrownBy(() -> local(clone, ref, "team"))
                    .isInstanceOf(GitProblem.class)
                    .hasMessageContaining("git submodule update");
        }
    }

    private static String problems(Desired desired) {
        return desired.problems().toString();
    }

    @Test
    void appsInASubmoduleAreRead() throws IOException {
        addTeamBelowApps();
        for (var checkout : new Checkout[] {local(main.work(), "HEAD"), local(main.work(), null)}) {
            assertThat(checkout.source().paths()).contains("apps/team/apps/db.yaml");
            assertThat(ConfigRepositoryTest.text(checkout.source(), "apps/team/apps/db.yaml"))
                    .isEqualTo("image: postgres:18\n");
        }
    }

    @Test
    void changesInASubmoduleMakeAWorkTreeDirtyAndAreRead() throws IOException {
        Files.writeString(main.work().resolve("team/apps/db.yaml"), "image: postgres:16\n");
        var checkout = local(main.work(), null);
        assertThat(checkout.dirty()).isTrue();
        assertThat(ConfigRepositoryTest.text(checkout.source(), "apps/db.yaml")).isEqualTo("image: postgres:16\n");
        main.git("-C", "team", "checkout", "-q", ".");
        assertThat(local(main.work(), null).dirty()).isFalse();
        main.git("-C", "team", "fetch", "-q", "origin");
        main.git("-C", "team", "checkout", "-q", "origin/main");
        assertThat(local(main.work(), null).dirty()).isTrue();
    }

    @Test
    void whereASubmoduleMayBe() {
        assertThat(resolve("https://h/a/b.git", "../c.git")).isEqualTo("https://h/a/c.git");
        assertThat(resolve("https://h/a/b.git/", "../../d/c.git")).isEqualTo("https://h/d/c.git");
        assertThat(resolve("https://h/a/b.git", "./c.git")).isEqualTo("https://h/a/b.git/c.git");
        assertThat(resolve("git@h:a/b.git", "../c.git")).isEqualTo("git@h:a/c.git");
        assertThat(resolve("git@h:b.git", "../c.git")).isEqualTo("git@h:c.git");
        assertThat(resolve("ssh://git@h:22/a/b.git", "../c.git")).isEqualTo("ssh://git@h:22/a/c.git");
        assertThat(resolve("file:///srv/a.git", "../c.git")).isEqualTo("file:///srv/c.git");
        assertThat(resolve("/srv/a.git", "/srv/c.git")).isEqualTo("/srv/c.git");
        assertThat(resolve("http://h/a.git", "https://other/c.git")).isEqualTo("https://other/c.git");
        for (var wrong : new String[] {
            "file:///etc",
            "/srv/c.git",
            "ext::sh -c id",
            "ext::sh",
            "http://h/c.git",
            "git://h/c.git",
            "../../../c.git",
            "--upload-pack=id",
            "https:///c.git",
            ""
        }) {
            assertThatThrownBy(() -> resolve("https://h/a/b.git", wrong))
                    .as(wrong)
                    .isInstanceOf(GitProblem.class);
        }
    }

    private static String resolve(String parent, String url) {
        return ClonedSubmodules.SubmoduleUrl.resolve(parent, url);
    }

    @Test
    void aLoginGoesToTheSameServerOnly() {
        var login = new Credentials(Path.of("key"), Path.of("hosts"), "ada", Path.of("password"), Path.of("ca"));
        var without = new Credentials(null, null, null, null, Path.of("ca"));
        assertThat(credentials("https://h/a.git", "https://h/b.git", login)).isEqualTo(login);
        assertThat(credentials("https://h/a.git", "https://other/b.git", login)).isEqualTo(without);
        assertThat(credentials("https://h/a.git", "https://h:444/b.git", login)).isEqualTo(without);
        assertThat(credentials("https://h/a.git", "ssh://git@h/b.git", login).passwordFile())
                .isNull();
        assertThat(credentials("git@h:a.git", "git@h:b.git", login).sshKeyFile())
                .isEqualTo(Path.of("key"));
    }

    private static Credentials credentials(String parent, String url, Credentials login) {
        return ClonedSubmodules.SubmoduleUrl.credentials(parent, url, login);
    }

    @Test
    void oneThatHoldsItselfOrWantsAFileOfThisMachineIsAProblemAndNoEnd() throws Exception {
        var commit = main.git("rev-parse", "HEAD");
        main.git("update-index", "--add", "--cacheinfo", "160000," + commit + ",apps/self");
        main.git("config", "-f", ".gitmodules", "submodule.self.path", "apps/self");
        main.git("config", "-f", ".gitmodules", "submodule.self.url", "../apps.git");
        main.git("update-index", "--add", "--cacheinfo", "160000," + commit + ",apps/etc");
        main.git("config", "-f", ".gitmodules", "submodule.etc.path", "apps/etc");
        main.git("config", "-f", ".gitmodules", "submodule.etc.url", "file:///etc");
        main.git("update-index", "--add", "--cacheinfo", "160000," + commit + ",apps/none");
        main.git("add", ".gitmodules");
        main.git("commit", "-q", "-m", "Traps");
        main.git("push", "-q", "origin", "HEAD");
        var password = Files.writeString(directory.resolve("password"), HttpOrigin.PASSWORD + "\n");
        try (var server = new HttpOrigin(directory, 0);
                var repository =
                        remote(server.url().replace("/apps.git", "/main/apps.git"), Logins.http("ada", password))) {
            var source = repository.checkout().source();
            assertThat(source.unreadableFolders()).containsOnlyKeys("apps/etc", "apps/none");
            assertThat(source.unreadableFolders().get("apps/etc")).contains("must be https://");
            assertThat(source.unreadableFolders().get("apps/none")).contains(".gitmodules does not name");
            assertThat(source.paths()).contains("apps/self/apps/web.yaml");
            assertThat(problems(DesiredReader.read(source))).contains("apps/etc: ", "apps/none: ");
        }
    }
}
