package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Host directories that every node sees (`shared`), and paths of the host that an app changes (`writable`).
class OtherMountsTest {

    private static final String SHARED = "persistent: {directories: [{host: /mnt/nas, target: /nas, shared: true}]}\n";

    private final SimulatedCluster world = SimulatedCluster.of(3);

    @AfterEach
    void nothing_forbidden_happened() {
        assertThat(world.swarm.violations).isEmpty();
    }

    @Test
    void shared_storage_locks_nothing_and_is_nobodys_claim() {
        List.of("n1", "n2", "n3").forEach(node -> world.swarm.disks.mounted(node, "/mnt/nas"));
        world.app("web", "deploy: {replicas: 6}\n" + SHARED).app("api", "deploy: {mode: global}\n" + SHARED);
        assertThat(SimulatedCluster.warnings(world.plan())).isEmpty();
        assertThat(world.run().holds()).isEmpty();
        assertThat(world.runsOn("web")).isEqualTo("n1,n2,n3");
        assertThat(world.ledger.claims()).isEmpty();
        assertThat(world.glance().changes()).isEmpty();
        world.without("api").run();
        assertThat(world.orphans()).isEmpty();
    }

    @Test
    void it_must_be_mounted_on_each_node_that_the_app_may_use() {
        world.swarm.disks.mounted("n1", "/mnt/nas");
        world.swarm.disks.directory("n2", "/mnt/nas");
        world.app("web", SHARED);
        assertThat(world.glance().warnings())
                .extracting(Warning::message)
                .containsExactly("apply will first look at whether /mnt/nas is mounted on each node that it may use");
        var held = world.run();
        assertThat(SimulatedCluster.holds(held)).containsExactly("web not-mounted");
        assertThat(held.holds().getFirst().message()).contains("nothing is mounted there on w2, w3");
        world.app("web", SHARED + "deploy: {placement: {constraints: [node.hostname == w1]}}\n");
        assertThat(world.run().holds()).isEmpty();
    }

    @Test
    void a_mount_that_went_away_is_told_and_holds_the_next_restart() {
        List.of("n1", "n2", "n3").forEach(node -> world.swarm.disks.mounted(node, "/mnt/nas"));
        world.app("web", SHARED).run();
        world.swarm.disks.directory("n3", "/mnt/nas");
        world.db("db", "db-data", "node: w1");
        assertThat(SimulatedCluster.warnings(world.run())).containsExactly("web not-mounted");
        world.app("web", "environment: {A: b}\n" + SHARED);
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("web not-mounted");
    }

    @Test
    void a_node_that_is_down_takes_no_task_and_a_node_that_does_not_answer_is_unknown() {
        List.of("n1", "n2", "n3").forEach(node -> world.swarm.disks.mounted(node, "/mnt/nas"));
        world.down("n3").app("web", SHARED);
        assertThat(world.plan().holds()).isEmpty();
        world.up("n3");
        var seen = new java.util.HashMap<>(world.look().nodes());
        seen.remove("n3");
        var plan = Planner.plan(world.situation(new dev.holdfast.survey.Survey(seen, "no answer"), true));
        assertThat(SimulatedCluster.holds(plan)).containsExactly("web bind-unknown");
    }

    @Test
    void a_claim_becomes_shared_by_its_apps_word_and_is_no_orphan_while_it_is() {
        List.of("n1", "n2", "n3").forEach(node -> world.swarm.disks.mounted(node, "/mnt/nas"));
        world.app("web", "persistent: {node: w2, directories: ['/mnt/nas:/nas']}\n")
                .run();
        world.app("web", SHARED);
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("web gives-up-data");
        world.app(
                "web",
                "persistent: {leave: [/mnt/nas], directories: [{host: /mnt/nas, target: /nas, shared: true}]}\n");
        var plan = world.run();
        assertThat(plan.holds()).isEmpty();
        assertThat(world.swarm.live().service("web").orElseThrow().lockedNode()).isEmpty();
        world.app("web", SHARED);
        assertThat(world.run().holds()).isEmpty();
        assertThat(world.ledger.claims()).hasSize(1);
    }

    @Test
    void what_is_shared_is_no_other_apps_own() {
        world.app("web", SHARED).app("db", "persistent: {directories: ['/mnt/nas/db:/data']}\n");
        assertThat(problems()).contains("\"/mnt/nas/db\" is data of app \"db\"", "what is shared belongs to nobody");
        world.without("db").app("web", "persistent: {directories: [{volume: media, target: /m, shared: true}]}\n");
        assertThat(problems()).contains("volumes: { media: { shared: true } }");
    }

    @Test
    void each_plan_that_brings_a_writable_path_warns() {
        world.app("agent", "deploy: {mode: global}\nhost_paths: [{source: /run/x, writable: true}, /etc/hosts]\n");
        List.of("n1", "n2", "n3").forEach(node -> {
            world.swarm.disks.directory(node, "/run/x");
            world.swarm.disks.directory(node, "/etc/hosts");
        });
        var plan = world.run();
        assertThat(SimulatedCluster.warnings(plan)).containsExactly("agent writes-host");
        var created = Created.of((Change.CreateService) plan.changes().getFirst());
        assertThat(created.data())
                .containsExactly(
                        "host path /etc/hosts at /etc/hosts (read-only)", "host path /run/x at /run/x (writable)");
        assertThat(world.ledger.claims()).isEmpty();
        assertThat(world.glance().warnings()).as("it is there").isEmpty();
        world.app("agent", "deploy: {mode: global}\nhost_paths: ['/run/x:/run/x:rw', '/etc/hosts:/etc/hosts:rw']\n");
        assertThat(SimulatedCluster.warnings(world.run())).as("one more").containsExactly("agent writes-host");
        world.app("agent", "deploy: {mode: global}\n");
        assertThat(world.run().holds()).isEmpty();
        assertThat(world.orphans()).isEmpty();
    }

    @Test
    void who_administers_the_host_stands_in_nobodys_way() {
        List.of("n1", "n2", "n3").forEach(node -> world.swarm.disks.directory(node, "/"));
        world.swarm.disks.directory("n1", "/srv/db");
        world.app("agent", "deploy: {mode: global}\nhost_paths: ['/:/host:rw']\n")
                .run();
        world.app("db", "persistent: {node: w1, directories: ['/srv/db:/data']}\n");
        assertThat(world.run().holds()).isEmpty();
        world.app("agent", "deploy: {mode: global}\nenvironment: {A: b}\nhost_paths: ['/:/host:rw']\n");
        assertThat(world.run().holds()).isEmpty();
        assertThat(world.ledger.claims()).hasSize(1);
    }

    @Test
    void a_writable_path_is_no_way_to_another_apps_data() {
        world.app("db", "persistent: {node: w1, directories: ['/srv/db:/data']}\n")
                .app("agent", "host_paths: ['/srv/db/x:/x:rw']\n");
        assertThat(problems()).contains("\"/srv/db\" is data of app \"db\"", "with: OWNER");
    }

    private String problems() {
        return world.desired().problems().stream().map(Object::toString).collect(Collectors.joining("\n"));
    }
}
