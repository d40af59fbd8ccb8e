package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.data.Orphans;
import dev.holdfast.ledger.Claim;
import dev.holdfast.live.Labels;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What an app says is no data (`scratch`), and how data does not become that silently.
class ScratchTest {

    private static final String CACHE = "scratch: ['cache:/cache']\n";

    private final SimulatedCluster world = SimulatedCluster.of(3);

    @AfterEach
    void nothing_forbidden_happened() {
        assertThat(world.swarm.violations).isEmpty();
    }

    @Test
    void scratch_locks_nothing_runs_in_any_number_and_is_never_an_orphan() {
        world.app("web", "deploy: {replicas: 6}\n" + CACHE).app("agent", "deploy: {mode: global}\n" + CACHE);
        assertThat(world.run().holds()).isEmpty();
        assertThat(world.runsOn("web")).isEqualTo("n1,n2,n3");
        assertThat(world.ledger.claims()).isEmpty();
        assertThat(world.swarm.disks.volumes.get("n2").get("cache").labels())
                .containsEntry(Labels.SCRATCH, "true")
                .containsEntry(Labels.CLUSTER, "default");
        assertThat(world.glance().changes()).isEmpty();
        world.without("web", "agent").app("other", "");
        world.run();
        assertThat(world.ledger.claims()).isEmpty();
        assertThat(unowned()).isEmpty();
    }

    @Test
    void it_is_told_as_what_it_is() {
        world.app("web", CACHE);
        var created = (Change.CreateService) world.glance().changes().getFirst();
        assertThat(Created.of(created).data()).containsExactly("scratch cache at /cache");
        assertThat(created.claims()).isEmpty();
        world.run();
        world.app("web", "");
        assertThat(world.glance().changes().getFirst().fields())
                .extracting(field -> field.path() + " " + field.before())
                .containsExactly("scratch[/cache] cache");
    }

    @Test
    void a_claim_does_not_become_scratch_before_its_app_says_so() {
        world.db("db", "db-data", "node: w2").run();
        world.app("db", "scratch: ['db-data:/data']\n");
        var held = world.run();
        assertThat(SimulatedCluster.holds(held)).containsExactly("db gives-up-data");
        assertThat(held.holds().getFirst().allow()).isEqualTo("persistent: { leave: [db-data] }");
        assertThat(world.runsOn("db")).isEqualTo("n2");

        world.app("db", "scratch: ['db-data:/data']\npersistent: {leave: [db-data]}\n");
        assertThat(world.run().holds()).isEmpty();
        assertThat(orphans()).as("it is used as scratch").isEmpty();
        assertThat(world.ledger.claims()).as("and not forgotten").hasSize(1);
        world.app("db", "scratch: ['db-data:/data']\n");
        assertThat(world.run().holds()).as("it counts once").isEmpty();

        world.without("db").app("other", "").run();
        assertThat(orphans()).as("it was data").containsExactly("db-data");
        world.app("db", "scratch: ['db-data:/data']\n");
        assertThat(SimulatedCluster.holds(world.run())).as("it counted once").containsExactly("db becomes-scratch");
    }

    @Test
    void scratch_that_was_a_claim_becomes_one_again_on_its_node() {
        world.db("db", "db-data", "node: w2").run();
        world.app("db", "scratch: ['db-data:/data']\npersistent: {leave: [db-data]}\n")
                .run();
        var plan = world.db("db", "db-data", "").run();
        assertThat(plan.holds()).isEmpty();
        assertThat(world.runsOn("db")).isEqualTo("n2");
        assertThat(world.orphans()).isEmpty();
    }

    @Test
    void scratch_on_several_nodes_does_not_become_a_claim_on_one_of_them_by_chance() {
        world.app("web", "deploy: {replicas: 3}\n" + CACHE).run();
        world.db("web", "cache", "");
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("web data-on-several-nodes");
    }

    @Test
    void an_orphan_of_another_app_does_not_become_scratch_silently() {
        world.db("old", "cache", "node: w3").app("keep", "").run();
        world.without("old").run();
        world.app("web", CACHE);
        var held = world.run();
        assertThat(SimulatedCluster.holds(held)).containsExactly("web becomes-scratch");
        assertThat(held.holds().getFirst().message()).contains("volume cache on w3 was data of old");
        world.app("web", CACHE + "persistent: {leave: [cache]}\n");
        assertThat(world.run().holds()).isEmpty();
        world.app("web", CACHE + "deploy: {placement: {constraints: [node.id == n1]}}\n");
        assertThat(world.run().holds()).isEmpty();
    }

    @Test
    void an_orphan_on_a_node_that_the_app_does_not_use_is_another_volume() {
        world.db("old", "cache", "node: w3").app("keep", "").run();
        world.without("old").app("web", CACHE + "deploy: {placement: {constraints: [node.id == n1]}}\n");
        assertThat(world.run().holds()).isEmpty();
    }

    @Test
    void a_volume_that_was_not_made_as_scratch_waits_for_the_word() {
        world.swarm.disks.volume("n3", "cache", Map.of());
        world.app("web", CACHE);
        var held = world.run();
        assertThat(SimulatedCluster.holds(held)).containsExactly("web becomes-scratch");
        assertThat(held.holds().getFirst().message()).contains("is there on w3", "not made as scratch");
        world.app("web", CACHE + "persistent: {leave: [cache]}\n");
        assertThat(world.run().holds()).isEmpty();
    }

    @Test
    void nodes_that_cannot_be_looked_at_are_a_warning() {
        world.down("n3").app("web", CACHE);
        var plan = world.run();
        assertThat(plan.holds()).isEmpty();
        assertThat(SimulatedCluster.warnings(plan)).containsExactly("web scratch-unchecked");
    }

    @Test
    void a_scratch_directory_must_be_on_every_node_that_the_app_may_use() {
        world.swarm.disks.directory("n1", "/var/cache/web");
        world.swarm.disks.directory("n2", "/var/cache/web");
        world.app("web", "scratch: [{host: /var/cache/web, target: /cache}]\n");
        var held = world.run();
        assertThat(SimulatedCluster.holds(held)).containsExactly("web bind-missing");
        assertThat(held.holds().getFirst().message()).contains("does not exist on w3");
        world.app(
                "web",
                "scratch: ['/var/cache/web:/cache']\n"
                        + "deploy: {replicas: 4, placement: {constraints: [node.hostname != w3]}}\n");
        assertThat(world.run().holds()).isEmpty();
        assertThat(world.ledger.claims()).isEmpty();
    }

    @Test
    void what_another_app_has_is_no_scratch() {
        world.db("db", "db-data", "node: w1").run();
        world.app("web", "scratch: ['db-data:/x']\n");
        assertThat(world.desired().broken()).containsExactly("web");
        assertThat(problems()).contains("\"db-data\" is data of app \"db\"");
        world.without("web").file("apps/db.yaml", "name: db\nimage: [\n");
        world.app("web", "scratch: ['db-data:/x']\npersistent: {leave: [db-data]}\n");
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("db files-broken", "web in-use");
    }

    @Test
    void the_word_of_a_hand_does_not_make_data_scratch() {
        world.db("db", "db-data", "node: w1").run();
        world.byHand(
                "db",
                spec -> spec.withObject("/Labels")
                        .put(Labels.MOUNTS, "scratch:volume:db-data")
                        .remove(Labels.CLAIMS));
        world.app("db", "scratch: ['db-data:/data']\n");
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("db becomes-scratch");
        world.db("db", "db-data", "node: w1");
        assertThat(world.run().holds()).isEmpty();
        assertThat(world.ledger.claims().getFirst().givenUp()).isNull();
    }

    @Test
    void scratch_whose_label_a_hand_took_away_is_still_none_of_the_claims() {
        world.app("db", CACHE + "persistent: {node: w1, directories: ['db-data:/data']}\n")
                .run();
        world.byHand("db", spec -> spec.withObject("/Labels").remove(Labels.MOUNTS));
        assertThat(world.run().holds()).isEmpty();
        assertThat(world.ledger.claims()).extracting(Claim::name).containsExactly("db-data");
    }

    @Test
    void a_lost_ledger_does_not_make_scratch_a_claim() {
        world.app("web", CACHE).app("other", CACHE).run();
        world.without("other");
        world.run();
        world.ledger = dev.holdfast.ledger.Ledger.empty("default", world.ledger.nameKey());
        world.run();
        assertThat(world.ledger.claims()).isEmpty();
    }

    @Test
    void a_directory_inside_data_is_data() {
        world.app("db", "scratch: ['/srv/db/tmp:/tmp/x']\npersistent: {directories: ['/srv/db:/data']}\n");
        assertThat(problems()).contains("\"/srv/db\" is data of this app, and scratch may be lost");
    }

    private String problems() {
        return world.desired().problems().stream().map(Object::toString).collect(Collectors.joining("\n"));
    }

    private List<String> orphans() {
        return look().withGone(sha -> java.util.Optional.empty()).stream()
                .map(orphan -> orphan.claim().name())
                .toList();
    }

    private List<String> unowned() {
        return look().unowned().stream().map(orphan -> orphan.claim().name()).toList();
    }

    private Orphans look() {
        var owned = world.ledger.claims().stream()
                .filter(claim -> claim.givenUp() == null)
                .map(Claim::key)
                .collect(Collectors.toSet());
        var situation = world.situation(world.look(), true);
        return new Orphans(world.ledger, owned, List.of(), situation.places(), world.swarm.live());
    }
}
