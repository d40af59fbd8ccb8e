package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.testing.PrivateSwarm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A secret or config that changes is one rolling update, and its value is told to nobody.
class SecretsIT {

    @RegisterExtension
    static final PrivateSwarm swarm = PrivateSwarm.oneNode();

    @RegisterExtension
    final Story story = new Story(swarm);

    @Test
    void aChangedFileIsOneRollingUpdateAndTheOldOneGoesWhenNothingNeedsIt() {
        var quick = "deploy: { update_config: { monitor: 1s } }";
        story.repo()
                .write(
                        "holdfast.yaml",
                        "secrets: { password: { file: files/p } }\nconfigs: { site: { file: files/s } }\n")
                .write("files/p", "hunter2-one")
                .write("files/s", "site one")
                .app("web", "secrets: [password]", "configs: [site]", "environment: { API_TOKEN: hunter2-env }", quick);
        quiet(story.applied("Add web"));
        assertThat(secrets()).hasSize(1).first().asString().matches("password-[0-9a-f]{12}");

        for (var value : List.of("two", "three")) {
            story.repo().write("files/p", "hunter2-" + value).push("Password " + value);
            quiet(story.run("plan"));
            quiet(Story.expect(0, story.apply("-o", "json")));
            assertThat(story.writes())
                    .filteredOn(write -> write.contains("/services/"))
                    .hasSize(1);
            assertThat(inContainer("cat /run/secrets/password")).isEqualTo("hunter2-" + value);
            assertThat(secrets())
                    .as("the present one, and the one of the previous spec")
                    .hasSize(2);
        }
        story.repo().write("files/s", "site two");
        quiet(story.applied("Site two"));
        assertThat(inContainer("cat /site")).isEqualTo("site two");
        assertThat(secrets()).as("no spec names the old one any more").hasSize(1);
        quiet(story.run("status", "-o", "json"));
        quiet(story.run("plan", "-o", "markdown"));
        quiet(Story.expect(0, story.apply()));
        assertThat(story.writes()).isEmpty();
    }

    @Test
    void whatIsExternalMustBeThereAndIsNeverRemoved() {
        story.repo()
                .write("holdfast.yaml", "configs: { site: { external: true } }\n")
                .app("web", "configs: [{ source: site, target: /site }]");
        story.repo().push("Add web");
        var held = Story.expect(3, story.apply());
        assertThat(held.out()).contains("site");
        assertThat(story.services()).isEmpty();

        swarm.docker("config", "create", "site", "/etc/hostname");
        Story.expect(0, story.apply());
        story.repo().write("holdfast.yaml", "").app("web");
        story.applied("No more");
        assertThat(swarm.docker("config", "ls", "--format={{.Name}}")).contains("site");
    }

    @Test
    void whatTheEngineDoesOtherwiseThanTheFileSaysIsWarnedOf() {
        story.repo()
                .write(
                        "holdfast.yaml",
                        "configs: { site: { file: files/s } }\nnetworks: { back: { attachable: true } }\n")
                .write("files/s", "site one")
                .app(
                        "web",
                        "networks: [back]",
                        "working_dir: /srv//site/",
                        "tmpfs: [/./cache/]",
                        "configs: [{ source: site, target: /b/, mode: 0444 }, { source: site, target: /a, mode: 0400"
                                + " }]");
        var applied = story.applied("Add web");
        assertThat(applied.all()).contains("one-mode-for-all");
        assertThat(inContainer("stat -c %a /a /b; pwd; test -d /cache && echo there"))
                .isEqualTo("444\n444\n/srv/site\nthere");
        Story.expect(0, story.apply());
        assertThat(story.writes())
                .as("another spelling of a path is no difference")
                .isEmpty();

        swarm.docker("run", "-d", "--name=guest", "--network=back", "busybox", "sleep", "1000");
        try {
            story.repo()
                    .write("holdfast.yaml", "configs: { site: { file: files/s } }\n")
                    .app("web", "configs: [site]");
            var left = story.applied("No network");
            assertThat(left.all()).containsOnlyOnce("network back is declared no more and stays");
            assertThat(left.out()).contains("a container that is no service", "1 network still in use");
        } finally {
            swarm.docker("rm", "-f", "guest");
        }
        Story.expect(0, story.apply());
        assertThat(swarm.docker("network", "ls", "--format={{.Name}}")).doesNotContain("back");
    }

    /// The example, then its password exchanged, encrypted again, and broken.
    @Test
    void encryptedFilesAreOpenedInMemoryOnly() throws IOException {
        var example = Path.of("../examples/sops").toAbsolutePath().normalize();
        var files = Path.of("src/test/resources/sops");
        var key = "--age-key-file=" + example.resolve("throw-away.age-key");
        try (var paths = Files.walk(example)) {
            for (var path : paths.filter(Files::isRegularFile).toList()) {
                var text = Files.readString(path).replace("image: busybox", "image: demo:1");
                story.repo().write(example.relativize(path).toString(), text);
            }
        }
        story.repo().push("The example");
        var without = unseen(story.apply());
        assertThat(without.code()).isNotZero();
        assertThat(without.all()).contains("secrets/db.yaml:", "is encrypted for age1", "--age-key-file");
        assertThat(story.services()).isEmpty();

        unseen(story.run("plan", key));
        unseen(story.run("plan", key, "-o", "json"));
        unseen(Story.expect(0, story.apply(key)));
        assertThat(in("shop", "cat /run/secrets/db-password; echo; cat /etc/shop.ini; echo $API_TOKEN"))
                .isEqualTo("example-password-11\n"
                        + "[mail]\n"
                        + "host = smtp-relay.example.net\n"
                        + "password = example-mail-33\n"
                        + "example-token-22");
        assertThat(in("report_report", "head -n1 /run/secrets/report-key; echo $REPORT_PASSWORD"))
                .isEqualTo("example-key-55\nexample-report-44");
        unseen(Story.expect(0, story.apply(key)));
        assertThat(story.writes()).isEmpty();

        story.repo()
                .write("secrets/db.yaml", Files.readString(files.resolve("db.yaml")))
                .push("Another password");
        unseen(Story.expect(0, story.apply(key)));
        assertThat(story.writes())
                .filteredOn(write -> write.contains("/services/"))
                .hasSize(1);
        assertThat(in("shop", "cat /run/secrets/db-password")).isEqualTo("correct-horse-7");
        story.repo()
                .write("secrets/db.yaml", Files.readString(files.resolve("db-again.yaml")))
                .push("The same, encrypted again");
        unseen(Story.expect(0, story.apply(key)));
        assertThat(story.writes().stream().filter(write -> !write.contains("/configs")))
                .isEmpty();

        var changed = Files.readString(files.resolve("db-changed.yaml"));
        story.repo()
                .write("secrets/db.yaml", changed.replace("level: info", "level: debug"))
                .push("By hand");
        var broken = unseen(story.apply(key));
        assertThat(broken.code()).isNotZero();
        assertThat(broken.all()).contains("secrets/db.yaml:", "does not fit its MAC");
        assertThat(story.writes())
                .filteredOn(write -> write.contains("/services/"))
                .isEmpty();
        story.repo().write("secrets/db.yaml", changed).push("As sops wrote it");
        unseen(Story.expect(0, story.apply(key)));
        assertThat(in("shop", "cat /run/secrets/db-password")).isEqualTo("battery-staple-8");
        unseen(story.run("status", key, "-o", "json"));
        assertThat(secrets())
                .filteredOn(name -> name.startsWith("db-password-"))
                .hasSize(2);
        for (var told : List.of(
                swarm.docker("service", "inspect", "shop", "report_report"),
                swarm.docker("config", "ls"),
                swarm.docker("inspect", String.join(" ", secrets()).split(" ")[0]))) {
            assertThat(told).doesNotContain("password-11", "correct-horse", "battery-staple", "example-key", "mail-33");
        }
    }

    private static Cli.Result unseen(Cli.Result result) {
        assertThat(result.all())
                .doesNotContain(
                        "example-password",
                        "example-token",
                        "example-mail",
                        "example-report",
                        "example-key",
                        "correct-horse",
                        "battery-staple",
                        "token-one");
        return result;
    }

    private static void quiet(Cli.Result result) {
        assertThat(result.all()).doesNotContain("hunter2");
    }

    private String inContainer(String script) {
        return in("web", script);
    }

    private String in(String service, String script) {
        var container = swarm.docker("ps", "-q", "--filter=label=com.docker.swarm.service.name=" + service)
                .lines()
                .findFirst();
        return swarm.docker("exec", container.orElseThrow(), "sh", "-c", script);
    }

    private static List<String> secrets() {
        return swarm.docker("secret", "ls", "--format={{.Name}}").lines().toList();
    }
}
