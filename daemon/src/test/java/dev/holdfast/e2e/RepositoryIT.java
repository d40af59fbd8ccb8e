package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.PrivateSwarm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What a repository must not be able to do: remove what it merely fails to say.
class RepositoryIT {

    @RegisterExtension
    static final PrivateSwarm swarm = PrivateSwarm.oneNode();

    @RegisterExtension
    final Story story = new Story(swarm);

    @Test
    void aRepositoryThatSaysNothingTouchesNothing() {
        story.repo().app("web");
        story.applied("Add web");

        story.repo().remove("apps/web.yaml").push("Nothing left");
        refused("No app at all");
        story.repo().write("apps.txt", "not a directory").push("Still nothing");
        refused("No apps/");
        story.repo().app("web").write("holdfast.yaml", "cluster: [").push("Broken");
        refused("Broken holdfast.yaml");
        assertThat(story.services()).containsExactly("web");

        story.repo().write("holdfast.yaml", "").push("Mended");
        Story.expect(0, story.apply());
    }

    private void refused(String why) {
        for (var command : List.of("plan", "apply")) {
            var result = story.run(command);
            assertThat(result.code()).as(why + result.all()).isEqualTo(1);
            assertThat(story.writes()).as(why).isEmpty();
        }
    }

    /// The example, on the Swarm of its staging.
    @Test
    void aSwarmRunsWhatItsClusterSelects() {
        story.repo().copy(Path.of("../examples/clusters")).push("Two clusters");
        var nobodys = Story.expect(1, story.apply());
        assertThat(nobodys.all()).contains("clusters production, staging: say which one this is");
        assertThat(story.writes()).isEmpty();

        Story.expect(0, story.apply("--cluster", "staging"));
        assertThat(story.services()).containsExactly("shop_cart", "web");
        assertThat(story.inspect("web", "{{.Spec.TaskTemplate.ContainerSpec.Env}} {{.Spec.Mode.Replicated.Replicas}}"))
                .contains("DOMAIN=staging.example.org", "GREETING=hello", "1");
        var again = Story.expect(0, story.apply("--cluster", "staging"));
        assertThat(story.writes()).as(again.all()).isEmpty();

        story.repo().write("clusters/staging.yaml", "only: [web]\nnetworks: { backend: { attachable: true } }\n");
        story.repo().push("No shop in staging");
        var removed = Story.expect(0, story.apply("--cluster", "staging"));
        assertThat(removed.out()).contains("leaves it out");
        assertThat(story.services()).containsExactly("web");
        assertThat(story.run("plan", "--cluster", "production").out())
                .contains("create", "reports", "shop_cart")
                .doesNotContain("staging.example.org");
    }

    @Test
    void aBrokenFileHoldsItsOwnAppsAndNothingIsRemovedMeanwhile() {
        story.repo().app("web").app("db").app("old");
        story.applied("Add them");
        story.repo()
                .write("apps/web.yaml", "name: web\nimage: demo:2\nreplica: 2\n")
                .remove("apps/old.yaml");
        story.repo().app("db", "environment: { A: b }").app("new");
        story.repo().push("A mistake");

        var applied = Story.expect(1, story.apply());
        assertThat(applied.all()).contains("apps/web.yaml:3:1", "did you mean \"deploy.replicas\"?", "files-broken");
        assertThat(story.services()).containsExactly("db", "new", "old", "web");
        assertThat(story.image("web")).isEqualTo("demo:1");
        assertThat(story.inspect("db", "{{.Spec.TaskTemplate.ContainerSpec.Env}}"))
                .contains("A=b");

        story.repo().app("web");
        story.applied("Mended");
        assertThat(story.services()).containsExactly("db", "new", "web");
    }

    @Test
    void moreRemovalsThanTheBrakeAllowsAreHeld() {
        for (var name : List.of("a", "b", "c", "d")) {
            story.repo().app(name);
        }
        story.applied("Add them");
        story.repo()
                .remove("apps/a.yaml")
                .remove("apps/b.yaml")
                .remove("apps/c.yaml")
                .push("Remove most");

        var held = Story.expect(3, story.apply());
        assertThat(held.out()).contains("brake", "allow_removals: [a, b, c]", "--allow-removals");
        assertThat(story.writes()).noneMatch(write -> write.contains("/services/"));

        story.repo().write("holdfast.yaml", "brakes: { allow_removals: [a] }\n");
        story.applied("Allow one: two are free");
        assertThat(story.services()).containsExactly("d");
    }

    @Test
    void rewrittenHistoryRemovesNothing() {
        story.repo().app("web").app("keep").push("Add web");
        var first = story.repo().git("rev-parse", "HEAD");
        Story.expect(0, story.runOn(story.repo().url(), "apply"));
        story.repo().app("more").push("Add more");
        Story.expect(0, story.runOn(story.repo().url(), "apply"));

        story.repo().git("reset", "-q", "--hard", first);
        story.repo().push("Something else");
        var held = Story.expect(3, story.runOn(story.repo().url(), "apply"));
        assertThat(held.out()).contains("history-rewritten", "more");
        assertThat(story.services()).containsExactly("keep", "more", "web");
        Story.expect(0, story.runOn(story.repo().url(), "apply", "--take-over"));
        assertThat(story.services()).containsExactly("keep", "web");
    }

    @Test
    void anotherRepositoryOrAnOldCloneIsRefused() {
        story.repo().app("web").push("Add web");
        story.repo()
                .git(
                        "clone",
                        "-q",
                        story.repo().url(),
                        story.repo().bare().resolveSibling("old").toString());
        story.repo().app("web", "environment: { A: b }");
        story.applied("Change web");

        var old = story.runOn(story.repo().bare().resolveSibling("old").toString(), "apply");
        assertThat(old.code()).as(old.all()).isEqualTo(1);
        assertThat(old.err()).contains("out of date", "--take-over");
        assertThat(story.writes()).isEmpty();

        try (var other = ConfigRepo.create()) {
            other.app("other").push("Another repository");
            var refused = Story.expect(1, story.runOn(other.work().toString(), "apply"));
            assertThat(refused.err()).contains("follows another repository", "--take-over");
            assertThat(story.writes()).isEmpty();

            Story.expect(0, story.runOn(other.work().toString(), "apply", "--take-over"));
            assertThat(story.services()).containsExactly("other");
        }
    }

    @Test
    void twoClustersOnOneSwarmDoNotSeeEachOther() {
        story.repo().app("web");
        story.applied("Add web");
        try (var other = ConfigRepo.create()) {
            other.write("holdfast.yaml", "cluster: second\n")
                    .app("other")
                    .app("web")
                    .push("Another");
            var held = Story.expect(3, story.runOn(other.work().toString(), "apply"));
            assertThat(held.out()).contains("not-ours", "cluster \"default\"");
            other.remove("apps/web.yaml").push("Only its own");
            Story.expect(0, story.runOn(other.work().toString(), "apply"));
            assertThat(story.services()).containsExactly("other", "web");
            Story.expect(0, story.apply());
            assertThat(story.writes()).isEmpty();
        }
    }
}
