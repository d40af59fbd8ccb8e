package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.testing.PrivateSwarm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/// Specs that nodes can run and specs that none can, through the plan and through a real scheduler: both must say the
/// same.
final class PlacementTable {

    private static final String NEVER = "never-";
    private static final String HOST = "ports: [{ target: 80, published: %d, mode: host }]";

    private final PrivateSwarm swarm;
    private final Story story;
    private final int usable;

    /// @param usable how many nodes take tasks
    PlacementTable(PrivateSwarm swarm, Story story, int usable) {
        this.swarm = swarm;
        this.story = story;
        this.usable = usable;
    }

    /// By app; the name says what becomes of it.
    private Map<String, String[]> rows() {
        var rows = new TreeMap<String, String[]>();
        deploy(rows, "memory", "resources: { reservations: { memory: 64m, cpus: '0.1' } }");
        deploy(rows, NEVER + "memory", "resources: { reservations: { memory: 900g } }");
        deploy(rows, NEVER + "cpus", "resources: { reservations: { cpus: '640' } }");
        deploy(
                rows,
                NEVER + "gpu",
                "resources: { reservations: { generic_resources: [{ discrete_resource_spec: { kind: gpu, value: 1 } }]"
                        + " } }");
        constraint(rows, "label", "node.labels.disk == SSD");
        constraint(rows, NEVER + "label", "node.labels.disk == hdd");
        constraint(rows, NEVER + "label-case", "node.labels.Disk == ssd");
        constraint(rows, "key-case", "NODE.Role == Manager");
        constraint(rows, "other-label", "node.labels.tape != lto");
        constraint(rows, NEVER + "unknown-key", "node.disk == ssd");
        constraint(rows, NEVER + "engine-label", "engine.labels.gpu == yes");
        constraint(rows, NEVER + "hostname", "node.hostname == node9");
        constraint(rows, "subnet", "node.ip == 192.168.0.0/16");
        constraint(rows, NEVER + "subnet", "node.ip == 10.77.0.0/16");
        constraint(rows, "arch", "node.platform.arch == " + arch());
        constraint(rows, NEVER + "arch", "node.platform.arch == other");
        deploy(rows, "most", "replicas: " + usable + ", placement: { max_replicas_per_node: 1 }");
        deploy(rows, NEVER + "most", "replicas: " + (usable + 1) + ", placement: { max_replicas_per_node: 1 }");
        rows.put("port", new String[] {HOST.formatted(8081), "deploy: { replicas: " + usable + " }"});
        rows.put(NEVER + "port", new String[] {HOST.formatted(8082), "deploy: { replicas: " + (usable + 1) + " }"});
        rows.put("everywhere", new String[] {HOST.formatted(8083), "deploy: { mode: global }"});
        rows.put(NEVER + "foreign-port", new String[] {HOST.formatted(8084), "deploy: { mode: global }"});
        rows.put(NEVER + "mesh", new String[] {"ports: ['8085:80']"});
        rows.put("log", new String[] {"logging: { driver: json-file }"});
        rows.put("no-log", new String[] {"logging: { driver: none }"});
        rows.put(NEVER + "log", new String[] {"logging: { driver: nosuch }"});
        rows.put(NEVER + "isolated", new String[] {"isolation: hyperv"});
        return rows;
    }

    private static void deploy(Map<String, String[]> rows, String name, String deploy) {
        rows.put(name, new String[] {"deploy: { " + deploy + " }"});
    }

    private static void constraint(Map<String, String[]> rows, String name, String constraint) {
        deploy(rows, name, "placement: { constraints: [" + constraint + "] }");
    }

    private String arch() {
        return swarm.docker("node", "inspect", "self", "--format={{.Description.Platform.Architecture}}");
    }

    void both() throws JsonProcessingException {
        swarm.docker("node", "update", "--label-add", "disk=ssd", "node1");
        swarm.docker(
                "service",
                "create",
                "--detach",
                "--no-resolve-image",
                "--name=foreign",
                "--mode=global",
                "--publish=mode=host,published=8084,target=80",
                "--publish=mode=host,published=8085,target=80",
                "demo:1",
                "sleep",
                "1000");
        await().atMost(Duration.ofSeconds(90))
                .until(() -> story.running("foreign").size() == usable);
        rows().forEach((name, lines) -> {
            var all = new ArrayList<>(List.of(lines));
            all.add("timeout: 50s");
            story.repo().app(name, all.toArray(String[]::new));
        });
        story.repo().push("Add them all");
        var never = new TreeSet<>(rows().keySet());
        never.removeIf(name -> !name.startsWith(NEVER));

        var planned = new ObjectMapper()
                .readTree(story.run("plan", "-o", "json").out())
                .path("expected");
        assertThat(planned.path("exit").asInt()).isEqualTo(1);
        assertThat(StreamSupport.stream(planned.path("fails").spliterator(), false)
                        .map(name -> name.asText()))
                .as("what the plan says")
                .containsExactlyInAnyOrderElementsOf(never);

        var applied = Story.expect(1, story.apply());
        assertThat(applied.out()
                        .lines()
                        .filter(line -> line.startsWith("  failed "))
                        .map(line -> line.strip().split(" +")[1]))
                .as("what the scheduler says:\n%s", applied.all())
                .containsExactlyInAnyOrderElementsOf(never);
    }
}
