package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.holdfast.cli.Cli;
import dev.holdfast.testing.PrivateSwarm;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What others have made, by hand, with `docker stack deploy` and as CapRover makes it, is taken over as it runs.
class AdoptIT {

    private static final String RUNS = "command: [sh, -c, \"trap 'exit 0' TERM; sleep 1000000 & wait\"]";

    private static final String STACK = """
        version: "3.8"
        services:
          db:
            image: demo:1
            %s
            stop_grace_period: 1s
            volumes: ["data:/data"]
            ports: ["8085:80"]
            deploy: { placement: { constraints: [node.hostname==node2] } }
        volumes: { data: { labels: { tier: slow } } }
        """;

    @RegisterExtension
    static final PrivateSwarm swarm = PrivateSwarm.ofNodes(3);

    @RegisterExtension
    final Story story = new Story(swarm);

    @Test
    void servicesAndVolumesOfOthersAreHeldThenAdoptedAsTheyRun() {
        story.repo().write("stack.yaml", STACK.formatted(RUNS));
        var stack = story.repo().work().resolve("stack.yaml").toString();
        swarm.docker("stack", "deploy", "--resolve-image=never", "-c", stack, "shop");
        var node3 = swarm.docker("node", "inspect", "node3", "--format={{.ID}}");
        swarm.docker(
                "service",
                "create",
                "-d",
                "--no-resolve-image",
                "--name=srv-captain--blog",
                "--constraint=node.id==" + node3,
                "--mount=type=volume,src=captain--blog-data,dst=/data",
                "--stop-grace-period=1s",
                "--env=A=b",
                "demo:1",
                "sleep",
                "1000000");
        swarm.node(3)
                .docker("volume", "create", "--label=by=hand", "--opt=type=tmpfs", "--opt=device=tmpfs", "by-hand");
        swarm.node(2).docker("volume", "create", "old_wiki-data");
        var services = List.of("shop_db", "srv-captain--blog");
        await().atMost(Duration.ofMinutes(2))
                .until(() ->
                        services.stream().allMatch(name -> story.running(name).size() == 1));
        var tasks = services.stream().map(story::running).toList();

        story.repo().write("holdfast.yaml", "networks: { shop_default: { external: true } }\n");
        var db = new String[] {
            RUNS,
            "networks: { shop_default: { aliases: [db] } }",
            "ports: [\"8085:80\"]",
            Apps.volume("shop_data"),
            "deploy: { placement: { constraints: [node.hostname==node2] } }"
        };
        var blog = new String[] {
            "command: [sleep, \"1000000\"]", "environment: { A: b }", Apps.volume("captain--blog-data")
        };
        story.repo().app("shop_db", db).app("srv-captain--blog", blog);
        story.repo().app("found", Apps.volume("by-hand")).app("wiki", Apps.volume("wiki-data"));
        story.repo().push("Take them over");
        var held = Story.expect(3, story.apply());
        assertThat(held.out())
                .contains("shop_db, srv-captain--blog (not-ours)", "found (not-ours)", "adopt: true")
                .contains("volume by-hand on node3 is there")
                .contains("wiki (similar-volume)", "old_wiki-data on node2", "leave: [old_wiki-data]");
        assertThat(story.services()).isEqualTo(services);
        assertThat(story.writes()).as("not touched").noneMatch(write -> write.contains("/services/"));

        story.repo().app("shop_db", with(db, "adopt: true")).app("srv-captain--blog", with(blog, "adopt: true"));
        story.repo().app("found", Apps.volume("by-hand"), "adopt: true");
        story.repo().app("wiki", "persistent: { leave: [old_wiki-data], directories: [wiki-data:/data] }");
        var adopted = story.applied("Adopt them");
        assertThat(services.stream().map(story::running).toList())
                .as("not restarted: " + adopted.all())
                .isEqualTo(tasks);
        assertThat(story.inspect("shop_db", "{{json .Spec.TaskTemplate.Placement}}"))
                .contains("node.id==", "\"MaxReplicas\":1");
        assertThat(swarm.node(2).docker("volume", "inspect", "shop_data", "--format={{json .Labels}}"))
                .contains("\"tier\":\"slow\"", "com.docker.stack.namespace");
        assertThat(swarm.node(3).docker("volume", "inspect", "by-hand", "--format={{json .}}"))
                .contains("\"by\":\"hand\"", "tmpfs");

        var again = Story.expect(0, story.apply());
        assertThat(story.writes()).as(again.all()).isEmpty();
        assertThat(again.out()).contains("adopt-done", "remove the line adopt: true");

        story.repo().remove("apps/shop_db.yaml").remove("apps/found.yaml");
        var removed = story.applied("Let two of them go");
        assertThat(removed.out()).contains("shop_data stays on node2 as an orphan", "by-hand stays on node3");
    }

    /// Every option of `docker service create` that an app file has a word for.
    private static final List<String> EVERYTHING = List.of(
            "--env=A=b",
            "--env=PRICE=$5",
            "--env=APP_PASSWORD=hunter22",
            "--container-label=tier=web",
            "--label=traefik.enable=true",
            "--network=name=given,alias=api",
            "--publish=8086:80",
            "--publish=5353:53/udp",
            "--publish=mode=host,target=81,published=8186",
            "--health-cmd=true || exit 1",
            "--health-interval=30s",
            "--health-retries=4",
            "--user=1000:1000",
            "--workdir=/tmp",
            "--hostname={{.Node.Hostname}}",
            "--init",
            "--read-only",
            "--tty",
            "--mount=type=tmpfs,target=/run,tmpfs-size=8388608,tmpfs-mode=1777",
            "--mount=type=bind,source=/etc/hostname,target=/host/hostname,readonly",
            "--stop-signal=SIGINT",
            "--stop-grace-period=1s",
            "--host=db:10.0.0.9",
            "--dns=127.0.0.11",
            "--dns-search=a.test",
            "--cap-add=NET_ADMIN",
            "--cap-drop=CHOWN",
            "--sysctl=net.ipv4.ip_unprivileged_port_start=0",
            "--ulimit=nofile=100:200",
            "--log-driver=json-file",
            "--log-opt=max-size=1m",
            "--limit-memory=64m",
            "--limit-pids=100",
            "--reserve-memory=8m",
            "--health-timeout=5s",
            "--health-start-period=2s",
            "--restart-window=10s",
            "--update-delay=1s",
            "--update-max-failure-ratio=0.25",
            "--update-order=stop-first",
            "--rollback-delay=1s",
            "--rollback-monitor=4s",
            "--rollback-failure-action=continue",
            "--rollback-max-failure-ratio=0.5",
            "--replicas-max-per-node=2",
            "--reserve-cpu=0.1",
            "--restart-condition=on-failure",
            "--restart-delay=2s",
            "--restart-max-attempts=3",
            "--constraint=node.role==manager",
            "--placement-pref=spread=node.labels.zone",
            "--update-parallelism=2",
            "--update-failure-action=continue",
            "--update-monitor=3s",
            "--rollback-parallelism=0",
            "--secret=source=given,target=/run/x,uid=33,mode=0400",
            "--config=source=given,target=/etc/c,mode=0440");

    @Test
    void runningServicesAreImportedAndTheirFilesChangeNothing() {
        swarm.docker("network", "create", "--driver=overlay", "given");
        var file = story.repo().write("given", "x").work().resolve("given").toString();
        swarm.docker("secret", "create", "given", file);
        swarm.docker("config", "create", "given", file);
        var node2 = swarm.docker("node", "inspect", "node2", "--format={{.ID}}");
        create("every", EVERYTHING);
        create(
                "srv-captain--wiki",
                List.of(
                        "--label=com.caprover.managed=true",
                        "--constraint=node.id == " + node2,
                        "--mount=type=volume,src=captain--wiki-data,dst=/data/",
                        "--mount=type=bind,src=/usr/,dst=/given,readonly",
                        "--network=given",
                        "--endpoint-mode=dnsrr",
                        "--no-healthcheck",
                        "--stop-grace-period=1s"));
        create("onhost", List.of("--network=host", "--mode=global", "--stop-grace-period=1s"));
        story.repo().write("gift.yaml", STACK.formatted(RUNS).replace("8085", "8087"));
        swarm.docker(
                "stack", "deploy", "--resolve-image=never", "-c", story.repo().work() + "/gift.yaml", "gift");
        var names = List.of("every", "gift_db", "onhost", "srv-captain--wiki");
        await().atMost(Duration.ofMinutes(2))
                .until(() ->
                        names.stream().allMatch(name -> story.running(name).size() == (name.equals("onhost") ? 3 : 1)));
        var tasks = names.stream().map(story::running).toList();

        var imported = importLive(names);
        assertThat(imported.code()).as(imported.all()).isEqualTo(3);
        assertThat(imported.err()).contains("vars.EVERY_APP_PASSWORD").doesNotContain("cannot be written");
        assertThat(imported.all()).doesNotContain("hunter22");
        assertThat(story.writes()).isEmpty();
        var holdfast = story.repo().read("holdfast.yaml");
        story.repo().write("holdfast.yaml", holdfast + "vars: { EVERY_APP_PASSWORD: hunter22 }\n");
        story.repo().push("What runs");

        var plan = Story.expect(0, story.run("plan"));
        for (var name : names) {
            assertThat(plan.out()).contains("~ adopt " + name + " (no restart)");
        }
        assertThat(plan.out().lines().filter(line -> line.contains(" → ")))
                .as("labels of Holdfast, and how data is locked")
                .allMatch(line -> line.contains("deploy.labels: ")
                        || line.contains("persistent.node: (not set)")
                        || line.contains("max_replicas_per_node: (not set)"));
        Story.expect(0, story.apply());
        assertThat(names.stream().map(story::running).toList()).isEqualTo(tasks);
        Story.expect(0, story.apply());
        assertThat(story.writes()).isEmpty();
    }

    /// Something of everything that a stack may have; its agents have a choice to be made.
    private static final String CLUB = """
        version: "3.8"
        services:
          web:
            image: demo:1
            %1$s
            stop_grace_period: 1s
            environment: { LEVEL: info, COST: $$5 }
            labels: { tier: web }
            healthcheck: { test: "true", interval: 30s }
            networks: { default: {}, back: { aliases: [front] } }
            ports: ["8088:80"]
            configs: [{ source: page, target: /page, mode: 0440 }]
            secrets: [key]
            deploy:
              replicas: 2
              labels: { traefik.enable: "true" }
              update_config: { parallelism: 2, delay: 1s }
              resources: { limits: { memory: 64M } }
          db:
            image: demo:1
            %1$s
            stop_grace_period: 1s
            networks: [back]
            volumes: ["data:/data/", "/etc/hostname:/host:ro", "/usr:/given:ro"]
          agent:
            image: demo:1
            %1$s
            stop_grace_period: 1s
            volumes: ["logs:/logs"]
            deploy: { mode: global }
        networks: { back: {} }
        volumes: { data: {}, logs: {} }
        configs: { page: { file: page.txt } }
        secrets: { key: { file: key.txt } }
        """;

    @Test
    void aStackGoesOnAsItRunsWithFilesMadeOfItsComposeFile() {
        var file = story.repo()
                .write("club.yaml", CLUB.formatted(RUNS))
                .write("page.txt", "page")
                .write("key.txt", "key")
                .work()
                .resolve("club.yaml")
                .toString();
        swarm.docker("stack", "deploy", "--resolve-image=never", "-c", file, "club");
        var names = List.of("club_agent", "club_db", "club_web");
        var sizes = List.of(3, 1, 2);
        await().atMost(Duration.ofMinutes(2))
                .until(() -> names.stream()
                        .map(name -> story.running(name).size())
                        .toList()
                        .equals(sizes));
        var tasks = names.stream().map(story::running).toList();
        var networks = names.stream()
                .map(name -> story.inspect(name, "{{json .Spec.TaskTemplate.Networks}}"))
                .toList();

        var imported = Cli.run(
                "import",
                "compose",
                file,
                "--into",
                story.repo().work().resolve("apps").toString());
        assertThat(imported.code()).as(imported.all()).isEqualTo(3);
        assertThat(imported.err())
                .contains("club_agent: the instances of all nodes would write the same data (club_logs); its file has"
                        + " the choices");
        story.repo().write("apps/club_agent.yaml", eachNode(story.repo().read("apps/club_agent.yaml")));
        story.repo().push("The stack");

        var plan = Story.expect(0, story.run("plan"));
        for (var name : names) {
            assertThat(plan.out()).contains("~ adopt " + name + " (no restart)");
        }
        assertThat(plan.out()).doesNotContain("+ create");
        var applied = Story.expect(0, story.apply());
        assertThat(names.stream().map(story::running).toList())
                .as(applied.all())
                .isEqualTo(tasks);
        assertThat(names.stream()
                        .map(name -> story.inspect(name, "{{json .Spec.TaskTemplate.Networks}}"))
                        .toList())
                .isEqualTo(networks);
        assertThat(story.services()).isEqualTo(names);
        var again = Story.expect(0, story.apply());
        assertThat(story.writes()).as(again.all()).isEmpty();
    }

    /// The lines of that choice, in place of what is below, as the file says.
    private static String eachNode(String file) {
        var lines = file.substring(file.indexOf("Each node has its own"))
                .lines()
                .skip(1)
                .takeWhile(line -> line.startsWith("#") && !line.matches("# \\S.*"))
                .map(line -> line.substring(1) + "\n")
                .collect(java.util.stream.Collectors.joining());
        return file.replaceFirst("(?m)^persistent:\n(?:  .*\n)+", java.util.regex.Matcher.quoteReplacement(lines));
    }

    private static void create(String name, List<String> options) {
        var line =
                new java.util.ArrayList<>(List.of("service", "create", "-d", "--no-resolve-image", "--name=" + name));
        line.addAll(options);
        line.addAll(List.of("demo:1", "sh", "-c", "trap 'exit 0' TERM INT; sleep 1000000 & wait"));
        swarm.docker(line.toArray(String[]::new));
    }

    private Cli.Result importLive(List<String> names) {
        story.proxy().clear();
        var line = new java.util.ArrayList<>(List.of("import", "live"));
        line.addAll(names);
        line.addAll(List.of("--docker-host", story.proxy().dockerHost()));
        line.addAll(List.of("--into", story.repo().work().resolve("apps").toString()));
        return Cli.run(line.toArray(String[]::new));
    }

    private static String[] with(String[] lines, String more) {
        var all = java.util.Arrays.copyOf(lines, lines.length + 1);
        all[lines.length] = more;
        return all;
    }
}
