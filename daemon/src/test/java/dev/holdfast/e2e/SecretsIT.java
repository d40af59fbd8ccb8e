package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.cli.Cli;
import dev.holdfast.testing.PrivateSwarm;
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

    private static void quiet(Cli.Result result) {
        assertThat(result.all()).doesNotContain("hunter2");
    }

    private String inContainer(String script) {
        var container = swarm.docker("ps", "-q", "--filter=label=com.docker.swarm.service.name=web")
                .lines()
                .findFirst();
        return swarm.docker("exec", container.orElseThrow(), "sh", "-c", script);
    }

    private static List<String> secrets() {
        return swarm.docker("secret", "ls", "--format={{.Name}}").lines().toList();
    }
}
