package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.testing.PrivateSwarm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Data outlives the app, and finds its way back.
class DataIT {

    @RegisterExtension
    static final PrivateSwarm swarm = PrivateSwarm.oneNode();

    @RegisterExtension
    final Story story = new Story(swarm);

    @Test
    void aRemovedAppLeavesItsDataAsAnOrphanAndGetsItBack() {
        story.repo().app("keep").app("db", Apps.volume("db-data"), Apps.first("echo precious >> /data/file"));
        story.applied("Add db");
        story.repo().remove("apps/db.yaml");
        var removed = story.applied("Remove db");
        assertThat(removed.out()).contains("db-data", "orphan");
        assertThat(story.services()).containsExactly("keep");
        assertThat(story.inVolume("db-data", "cat /data/file")).isEqualTo("precious");

        var orphans = Story.expect(0, story.run("orphans"));
        assertThat(orphans.out())
                .contains("db-data", "node1", "db", "present", "Remove db", "Ada", "docker volume rm db-data");
        Story.expect(0, story.apply());
        assertThat(story.writes()).as("orphans alone are no work").isEmpty();
        assertThat(story.services()).containsExactly("keep");

        story.repo().app("db", Apps.volume("db-data"), Apps.first("echo again >> /data/file"));
        story.applied("Bring db back");
        assertThat(story.inVolume("db-data", "cat /data/file")).isEqualTo("precious\nagain");
        assertThat(story.run("orphans").out()).doesNotContain("db-data");
    }

    /// The example of backups, taken over as it is: taken while the app runs, restored into an empty volume, and
    /// handed to a new app.
    @Test
    void aNightlyBackupIsRestoredIntoAnEmptyVolumeOfANewApp() throws IOException {
        for (var file : List.of("holdfast.yaml", "apps/db.yaml", "apps/backup.yaml", "apps/restore.yaml")) {
            story.repo()
                    .write(file, Files.readString(Path.of("../examples/backup").resolve(file)));
        }
        story.repo()
                .write(
                        "apps/db.yaml",
                        story.repo().read("apps/db.yaml").replace("trap ", "seq 1000 >/data/seq; trap "));
        story.applied("A database with a backup");
        assertThat(story.running("db")).hasSize(1);
        assertThat(story.inspect("backup", "{{.Spec.Mode.Replicated.Replicas}}"))
                .isEqualTo("0");
        Story.expect(0, story.apply());
        assertThat(story.writes()).isEmpty();

        var backup = Story.expect(0, story.run("run", "backup"));
        assertThat(backup.out()).contains("backup: its run of", "has succeeded");
        assertThat(story.inVolume("db-backups", "ls /data")).matches("db-.*\\.tar\\.gz");
        var restore = Story.expect(0, story.run("run", "restore"));
        assertThat(restore.out()).contains("has succeeded");
        assertThat(story.inVolume("db-restored", "cat /data/seq"))
                .isEqualTo(story.inVolume("db-data", "cat /data/seq"));
        assertThat(story.inVolume("db-data", "cat /data/rows"))
                .startsWith(story.inVolume("db-restored", "cat /data/rows"));
        var again = Story.expect(1, story.run("run", "restore"));
        assertThat(again.out()).contains("has failed", "non-zero exit (1)", "db-restored is not empty");

        Story.expect(0, story.apply());
        assertThat(story.writes()).isEmpty();
        var status = story.run("status");
        assertThat(status.out())
                .contains("schedule 0 2 * * * (Europe/Berlin): next ", "; its run of ", "(run-failed)")
                .contains("schedule @yearly (UTC): no runs, since replicas is 0");
        assertThat(story.run("status -o json").out()).contains("\"result\" : \"failed\"", "\"exitCode\" : 1");
        Story.expect(1, story.run("run", "db"));

        story.repo().remove("apps/restore.yaml").app("db2", Apps.volume("db-restored"));
        story.applied("A new app has what was restored");
        assertThat(story.services()).containsExactly("backup", "db", "db2");
        assertThat(story.inVolume("db-restored", "wc -l < /data/seq")).isEqualTo("1000");
    }

    /// The engine calls it a volume, the ledger a directory: it is one and the same data.
    @Test
    void noCommandIsOfferedThatWouldRemoveWhatALiveAppHasUnderAnotherName() {
        var node = swarm.node(1);
        node.exec("sh", "-c", "mkdir -p /srv/app/x /srv/app/y /srv/app/z /srv/app/free; ln -s /srv/app/y /srv/link");
        story.repo().app("keep");
        for (var name : List.of("x", "y", "z", "free")) {
            story.repo().app("old-" + name, Apps.directories("/srv/app/" + name + ":/data"));
        }
        story.applied("Add them");
        story.repo().write("holdfast.yaml", """
            volumes: { disk-x: { driver_opts: { type: none, o: bind, device: /srv/app/x } } }
            """);
        for (var name : List.of("x", "y", "z", "free")) {
            story.repo().remove("apps/old-" + name + ".yaml");
        }
        story.repo().app("new-x", Apps.volume("disk-x"), Apps.first("echo precious >> /data/file"));
        story.applied("Hand /srv/app/x over as a volume, and give up the others", "--allow-removals");
        assertThat(node.exec("cat", "/srv/app/x/file")).contains("precious");
        swarm.docker("run", "--name=stopped", "-v", "/srv/link:/data", "demo:1", "true");
        swarm.docker(
                "service",
                "create",
                "-d",
                "--no-resolve-image",
                "--name=waiting",
                "--replicas=0",
                "--mount=type=volume,src=disk-z,dst=/x,volume-opt=type=none,volume-opt=o=bind,volume-opt=device=/srv/app",
                "demo:1");
        try {
            var told = Story.expect(0, story.run("orphans")).out();
            assertThat(told)
                    .contains("app new-x uses volume disk-x, which is /srv/app/x")
                    .contains("service waiting uses volume disk-z, which is /srv/app")
                    .doesNotContain("rm -rf");
            swarm.docker("service", "rm", "waiting");
            assertThat(Story.expect(0, story.run("orphans")).out())
                    .contains("container stopped (exited) uses /srv/link, which is /srv/app/y")
                    .contains("rm -rf -- /srv/app/z", "rm -rf -- /srv/app/free")
                    .doesNotContain("rm -rf -- /srv/app/x", "rm -rf -- /srv/app/y");
        } finally {
            swarm.docker("rm", "-f", "stopped");
        }
    }

    @Test
    void aVolumeThatWasRemovedByHandIsNotSilentlyMadeAnew() {
        story.repo().app("db", Apps.volume("db-data"));
        story.applied("Add db");
        story.repo().app("db", Apps.volume("db-data"), "deploy: { replicas: 0 }");
        story.applied("Stop db");
        await().atMost(Duration.ofMinutes(1))
                .ignoreExceptions() // Swarm removes the container of a task that has ended a little later
                .untilAsserted(() -> swarm.docker("volume", "rm", "db-data"));

        story.repo().app("db", Apps.volume("db-data"));
        story.repo().push("Start db");
        var held = Story.expect(3, story.apply());
        assertThat(held.out()).contains("volume-missing", "holdfast orphans forget volume db-data node1");
        assertThat(swarm.docker("volume", "ls", "-q")).doesNotContain("db-data");

        Story.expect(0, story.run("orphans forget volume db-data node1"));
        Story.expect(0, story.apply());
        assertThat(story.running("db")).hasSize(1);
    }

    @Test
    void aLedgerThatSomebodyRemovedGrowsBackAndAnOldOneLearnsWhatItMissed() {
        story.repo().app("keep").app("db", Apps.volume("db-data")).app("old", Apps.volume("old-data"));
        story.applied("Add them");
        story.repo().remove("apps/old.yaml");
        story.applied("Remove old");
        var tasks = story.running("db");

        ledgers().forEach(ledger -> swarm.docker("config", "rm", ledger));
        assertThat(story.run("plan").out()).contains("(ledger-lost)", "who gave up which volume");
        assertThat(Story.expect(0, story.run("orphans", "--no-survey")).err()).contains("the ledger is gone");
        var applied = Story.expect(0, story.apply());
        assertThat(applied.out()).contains("(ledger-lost)");
        assertThat(story.writes()).allMatch(write -> write.contains("/configs"));
        assertThat(story.running("db")).isEqualTo(tasks);
        assertThat(Story.expect(0, story.run("orphans")).out())
                .contains("volume old-data", "made by Holdfast, for an app that nobody knows any more", "present")
                .doesNotContain("git revert", "db-data");
        assertThat(Story.expect(0, story.apply()).out()).doesNotContain("ledger-lost");
        assertThat(story.writes()).isEmpty();

        story.repo().app("new", Apps.volume("new-data"));
        story.applied("Add new");
        while (swarm.docker("config", "ls", "-q").lines().count() > 1) {
            swarm.docker("config", "rm", ledgers().getLast());
        }
        story.repo().remove("apps/new.yaml").remove("apps/db.yaml");
        story.applied("Remove both", "--allow-removals");
        assertThat(Story.expect(0, story.run("orphans")).out())
                .contains("volume new-data", "volume db-data", "of app new, at /data", "Ada: Remove both");
    }

    /// The oldest first.
    private static java.util.List<String> ledgers() {
        return swarm.docker("config", "ls", "--format={{.Name}}", "--filter=name=holdfast-ledger-")
                .lines()
                .sorted(java.util.Comparator.comparingInt(
                        name -> Integer.parseInt(name.substring(name.lastIndexOf('-') + 1))))
                .toList();
    }

    @Test
    void forgettingStrikesAClaimFromTheLedgerAndTouchesNothingElse() {
        story.repo().app("keep").app("db", Apps.volume("db-data"));
        story.applied("Add db");
        story.repo().remove("apps/db.yaml");
        story.applied("Remove db");

        Story.expect(0, story.run("orphans forget volume db-data node1"));
        assertThat(story.writes()).allMatch(write -> write.contains("/configs"));
        assertThat(story.run("orphans").out()).doesNotContain("db-data");
        assertThat(swarm.docker("volume", "ls", "-q")).contains("db-data");
        assertThat(story.run("orphans forget volume db-data node1").code()).isEqualTo(1);
    }

    @Test
    void whatHoldfastDidNotCreateIsHeldUntilTheFileAdoptsIt() {
        swarm.docker("volume", "create", "--label", "by=hand", "old-data");
        story.inVolume("old-data", "echo precious > /data/file");
        swarm.docker(
                "service",
                "create",
                "-d",
                "--no-resolve-image",
                "--name=web",
                "--stop-grace-period=1s",
                "demo:1",
                "sleep",
                "1000000");
        story.repo().app("web", "command: [sleep, \"1000000\"]").app("db", Apps.volume("old-data"));
        story.repo().push("Add them");
        var held = Story.expect(3, story.apply());
        assertThat(held.out()).contains("not-ours", "adopt: true");
        assertThat(story.services()).containsExactly("web");
        var task = story.running("web");
        assertThat(task).hasSize(1);

        story.repo()
                .app("web", "command: [sleep, \"1000000\"]", "adopt: true")
                .app("db", Apps.volume("old-data"), "adopt: true");
        var adopted = story.applied("Adopt them");
        assertThat(story.running("web")).as("not restarted: " + adopted.all()).isEqualTo(task);
        assertThat(story.inVolume("old-data", "cat /data/file")).isEqualTo("precious");
        assertThat(swarm.docker("volume", "inspect", "old-data", "--format={{.Labels}}"))
                .contains("by:hand");

        var again = Story.expect(0, story.apply());
        assertThat(story.writes()).isEmpty();
        assertThat(again.out()).contains("remove the line adopt: true");
    }

    @Test
    void twoAppsThatWantTheSameDirectoryAreAnErrorThatNamesBoth() {
        story.repo().app("a", Apps.directories("/srv/data:/data")).app("b", Apps.directories("/srv/data/sub:/data"));
        story.repo().app("c");
        story.repo().push("Add them");
        var failed = Story.expect(1, story.apply());
        assertThat(failed.err() + failed.out()).contains("\"a\"", "\"b\"", "/srv/data");
        assertThat(story.services()).containsExactly("c");
    }

    @Test
    void dataThatSomebodyElseMountsIsInUse() {
        swarm.node(1).exec("mkdir", "-p", "/srv/a", "/srv/b");
        swarm.docker("run", "-d", "--rm", "--name=foreign", "-v", "/srv/a:/x", "demo:1", "sleep", "1000");
        swarm.docker(
                "service",
                "create",
                "-d",
                "--no-resolve-image",
                "--name=foreign",
                "--stop-grace-period=1s",
                "--mount=type=bind,src=/srv,dst=/x",
                "demo:1",
                "sleep",
                "1000");
        try {
            story.repo().app("a", Apps.directories("/srv/a:/data")).app("b", Apps.directories("/srv/b:/data"));
            story.repo().push("Add them");
            var held = Story.expect(3, story.apply());
            assertThat(held.out()).contains("in-use", "foreign");
            assertThat(story.services()).containsExactly("foreign");
            swarm.docker("service", "rm", "foreign");
        } finally {
            swarm.docker("rm", "-f", "foreign");
        }
        await().until(() -> swarm.docker("ps", "-q", "--filter=name=foreign").isEmpty());
        Story.expect(0, story.apply());
        assertThat(story.services()).containsExactly("a", "b");
    }

    @Test
    void aDirectoryMustBeThereAndStayTheSame() {
        story.repo().app("db", Apps.directories("/srv/disk/db:/data"));
        story.repo().push("Add db");
        var held = Story.expect(3, story.apply());
        assertThat(held.out()).contains("bind-missing", "node1", "/srv/disk/db", "mkdir -p /srv/disk/db");
        assertThat(story.services()).isEmpty();

        swarm.node(1).exec("mkdir", "-p", "/srv/disk/db");
        Story.expect(0, story.apply());

        swarm.node(1).exec("mount", "-t", "tmpfs", "tmpfs", "/srv/disk");
        swarm.node(1).exec("mkdir", "-p", "/srv/disk/db");
        story.repo().app("db", Apps.directories("/srv/disk/db:/data"), "environment: { A: b }");
        story.repo().push("Change db");
        var task = story.running("db");
        var changed = Story.expect(3, story.apply());
        assertThat(changed.out()).contains("bind-changed", "/srv/disk/db");
        assertThat(story.running("db")).as("left as it runs").isEqualTo(task);

        swarm.node(1).exec("umount", "/srv/disk");
        Story.expect(0, story.apply());
        assertThat(story.inspect("db", "{{.Spec.TaskTemplate.ContainerSpec.Env}}"))
                .contains("A=b");
    }
}
