package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.testing.PrivateSwarm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A Compose file as it is: what `docker stack deploy` makes of it is taken over without a needless restart, and what
/// Holdfast makes of it is the same.
class StackIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String STACK = """
        version: "3.8"
        x-common: &common
          image: docker.io/library/demo:1
          command: [sh, -c, "trap 'exit 0' TERM; sleep 1000000 & wait"]
          stop_grace_period: 1s
        services:
          web:
            <<: *common
            environment: { B: "${GREETING:-hello}", A: 1, UNSET: }
            ports: ["8085:80", "8086:81/udp"]
            configs: [{ source: page, target: /page, mode: 0440 }]
            secrets: [pw]
            networks: { default: { aliases: [www] }, back: }
            volumes: ["/etc/hostname:/host/hostname:ro", { type: tmpfs, target: /tmp, tmpfs: { size: 1000000 } }]
            healthcheck: { test: "true", interval: 2s }
            restart: always
            deploy: { replicas: 2, labels: { tier: front }, resources: { limits: { cpus: "0.5", memory: 50M } } }
          db:
            <<: *common
            volumes: ["data:/data"]
            networks: [back]
            deploy: { update_config: { parallelism: 1 }, restart_policy: { condition: any, delay: 1s } }
          many:
            <<: *common
            volumes: ["shards:/data"]
            deploy: { replicas: 2 }
        networks: { back: { attachable: true } }
        volumes: { data: { labels: { tier: slow } }, shards: }
        configs: { page: { file: ./page.html } }
        secrets: { pw: { file: ./pw } }
        """;

    /// What the one service of each has beside the image: what is written as nothing, in odd forms or another
    /// order.
    private static final Map<String, String> MORE = Map.of(
            "s1", "deploy: { mode: global, labels: [\"a=1\", b], resources: { limits: {}, reservations: {} } }",
            "s2",
                    "dns: [], environment: [\"B=2\", \"A=$$1\", NONE], extra_hosts: [\"x=10.0.0.1\"], labels: { n:"
                            + " 1.50 }",
            "s3", "volumes: [\"data:/data\"], deploy: { restart_policy: { condition: any } }",
            "s4", "ports: [{ target: 81 }, \"9100-9101:80-81\", \"9100:80/udp\"], healthcheck: { disable: true }",
            "s5",
                    "cap_add: [net_admin], ulimits: { nofile: 1024, core: { soft: 0, hard: 0 } }, logging: {}, tty:"
                            + " false",
            "s6",
                    "volumes: [\"/etc/hostname:/h:ro\", { type: tmpfs, target: /t, tmpfs: {} }], sysctls: {},"
                            + " stop_signal: SIGINT",
            "s7",
                    "restart: unless-stopped, hostname: \"{{.Node.Hostname}}\", deploy: { placement: {},"
                            + " update_config: {} }");

    @RegisterExtension
    static final PrivateSwarm swarm = PrivateSwarm.oneNode().engine("sid");

    @RegisterExtension
    final Story story = new Story(swarm);

    /// Another stack of Holdfast's own is made, too, since its specs are compared as they are stored.
    @Test
    void aStackThatRunsIsTakenOverAsItIsAndOneOfHoldfastIsTheSame() {
        story.repo().write("stacks/shop/compose.yaml", STACK);
        story.repo().write("stacks/shop/page.html", "one").write("stacks/shop/pw", "hunter22");
        story.repo().write("stacks/shop/.env", "GREETING=hi");
        var deployed = story.repo().work().resolve("stacks/shop/deployed.yaml");
        // The client reads no .env.
        story.repo().write("stacks/shop/deployed.yaml", STACK.replace("${GREETING:-hello}", "hi"));
        swarm.docker("stack", "deploy", "--resolve-image=never", "-c", deployed.toString(), "shop");
        story.repo().remove("stacks/shop/deployed.yaml");
        var services = List.of("shop_db", "shop_many", "shop_web");
        await().atMost(Duration.ofMinutes(2))
                .until(() -> story.running("shop_db").size() == 1
                        && story.running("shop_web").size() == 2
                        && story.running("shop_many").size() == 2);
        var tasks = services.stream().map(story::running).toList();
        var specs = services.stream().map(this::spec).toList();
        story.repo().push("The stack that runs");

        var held = Story.expect(3, story.apply());
        assertThat(held.out())
                .contains("(not-ours)", "stacks: { shop: { adopt: true } }")
                .contains("(several-instances)", "x-holdfast: { scratch: [shards] }");
        assertThat(story.writes()).as("not touched").noneMatch(write -> write.contains("/services/"));

        story.repo().write("holdfast.yaml", "stacks: { shop: { adopt: true } }\n");
        story.repo().push("Take it over");
        var adopted = Story.expect(3, story.apply());
        assertThat(adopted.out())
                .contains("shop_many (several-instances)", "shop_db: for its data, where the file says nothing else:")
                .contains("(secret-unread)", "deploy.labels: (not set) → dev.holdfast.app")
                .doesNotContain("not-ours");
        assertThat(services.stream().map(story::running).toList())
                .as("nothing restarts: " + adopted.all())
                .isEqualTo(tasks);
        assertThat(story.writes())
                .as("nothing is made twice")
                .noneMatch(write -> write.matches(".*/(networks|secrets)/create.*"));
        assertThat(spec("shop_web")).isEqualTo(specs.get(2));
        assertThat(spec("shop_many")).isEqualTo(specs.get(1));
        assertThat(story.inspect("shop_db", "{{json .Spec.TaskTemplate.Placement}}"))
                .contains("node.id==", "\"MaxReplicas\":1");
        assertThat(swarm.docker("stack", "services", "shop", "--format={{.Name}}")
                        .lines())
                .containsExactlyInAnyOrderElementsOf(services);

        var again = Story.expect(3, story.apply());
        assertThat(story.writes()).as(again.all()).isEmpty();
        assertThat(again.out()).as("told once").doesNotContain("secret-unread", "for its data", "writes-host");

        var cut = STACK.substring(0, STACK.indexOf("  many:")) + STACK.substring(STACK.indexOf("networks: { back:"));
        story.repo().write("stacks/shop/compose.yaml", cut).write("stacks/shop/page.html", "two");
        story.repo().write("stacks/shop/pw", "hunter23").write("holdfast.yaml", "{}\n");
        story.applied("One is declared no more, and a config and a secret change");
        assertThat(story.services())
                .as("one that was held was never taken over")
                .isEqualTo(services);
        assertThat(story.running("shop_db")).isEqualTo(tasks.get(0));
        assertThat(swarm.docker("config", "ls", "--format={{.Name}}")).containsPattern("shop_page-[0-9a-f]{12}");
        assertThat(swarm.docker("secret", "ls", "--format={{.Name}}"))
                .containsPattern("shop_pw-[0-9a-f]{12}")
                .contains("shop_pw");

        story.repo().remove("stacks/shop/compose.yaml").remove("stacks/shop/.env");
        story.repo().write("stacks/other.yaml", cut.replace("./p", "./shop/p").replace("${GREETING:-hello}", "hi"));
        story.repo().write("holdfast.yaml", "brakes: { allow_removals: [shop_db, shop_web] }\n");
        story.applied("The same as another stack, made by Holdfast");
        assertThat(story.services()).containsExactly("other_db", "other_web", "shop_many");
        var ours = spec("other_web").toString().replace("other", "shop");
        assertThat(ours).isEqualTo(specs.get(2).toString());
    }

    /// The images and commands of the example are replaced by those of a program that only waits. Seven more stacks
    /// make it ten.
    @Test
    void tenStacksThatRunAreTakenOverAndNothingRestarts() throws IOException {
        var example = Path.of("../examples/stacks").toAbsolutePath().normalize();
        swarm.docker(
                "secret",
                "create",
                "db-password",
                example.resolve("holdfast.yaml").toString());
        for (var stack : List.of("edge", "shop", "monitoring")) {
            var folder = "stacks/" + stack + "/";
            var text = Files.readString(example.resolve(folder + "compose.yaml"))
                    .replaceAll("(?m)^    command: .*\n", "")
                    .replaceAll(
                            "(?m)^    image: .*", "    image: demo:1\n    command: [sleep, infinity]\n    init: true");
            story.repo().write(folder + "compose.yaml", text);
            story.repo().write(folder + "site.conf", Files.readString(example.resolve("stacks/shop/site.conf")));
            var file = story.repo().work().resolve(folder + "compose.yaml").toString();
            swarm.docker("stack", "deploy", "--resolve-image=never", "-c", file, stack);
        }
        MORE.forEach(this::deploy);
        var adopted = MORE.keySet().stream().map(stack -> "\n  " + stack + ": { adopt: true }");
        story.repo()
                .write(
                        "holdfast.yaml",
                        Files.readString(example.resolve("holdfast.yaml"))
                                .replace("production", "default")
                                .replace(
                                        "monitoring: { adopt: true }",
                                        "monitoring: { adopt: true }" + adopted.collect(Collectors.joining())));
        var services = new ArrayList<>(List.of("edge_proxy", "monitoring_agent", "shop_cache", "shop_web"));
        MORE.keySet().forEach(stack -> services.add(stack + "_a"));
        await().atMost(Duration.ofMinutes(2))
                .until(() ->
                        services.stream().noneMatch(name -> story.running(name).isEmpty())
                                && story.running("shop_web").size() == 2
                                && story.running("shop_cache").size() == 2);
        var tasks = services.stream().map(story::running).toList();

        story.applied("Ten stacks that run");
        assertThat(services.stream().map(story::running).toList()).isEqualTo(tasks);
        var again = story.apply();
        assertThat(again.out()).contains("no changes");
    }

    private void deploy(String stack, String service) {
        var text = """
            services:
              a: { image: demo:1, command: [sleep, infinity], init: true, %s }
            networks: { default: { attachable: true, driver_opts: { encrypted: "" } } }
            volumes: { data: { labels: { tier: slow } } }
            """.formatted(service);
        story.repo().write("stacks/" + stack + ".yaml", text);
        var file = story.repo().work().resolve("stacks/" + stack + ".yaml").toString();
        swarm.docker("stack", "deploy", "--resolve-image=never", "-c", file, stack);
    }

    /// The spec of a service without the labels of Holdfast, and without IDs, which differ from object to object.
    private JsonNode spec(String service) {
        try {
            var spec = (ObjectNode) JSON.readTree(story.inspect(service, "{{json .Spec}}"));
            spec.withObject("/Labels")
                    .properties()
                    .removeIf(label -> label.getKey().startsWith("dev.holdfast."));
            var container = spec.withObject("/TaskTemplate/ContainerSpec");
            container.path("Secrets").forEach(secret -> ((ObjectNode) secret).remove("SecretID"));
            container.path("Configs").forEach(config -> ((ObjectNode) config).remove("ConfigID"));
            var names = new TreeMap<String, String>();
            swarm.docker("network", "ls", "--no-trunc", "--format={{.ID}} {{.Name}}")
                    .lines()
                    .forEach(line -> names.put(line.split(" ")[0], line.split(" ")[1]));
            spec.at("/TaskTemplate/Networks")
                    .forEach(network -> ((ObjectNode) network)
                            .put(
                                    "Target",
                                    names.getOrDefault(network.path("Target").asText(), "?")));
            return spec;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
