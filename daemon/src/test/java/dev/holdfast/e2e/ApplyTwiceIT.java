package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.PrivateSwarm;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// An unchanged repository is silence, whatever its app files use.
class ApplyTwiceIT {

    static final String HOLDFAST_YAML = """
        cluster: shop
        networks:
          backend: {}
          edge: { attachable: true, labels: { team: a }, driver_opts: { com.docker.network.driver.mtu: "1400" } }
        secrets:
          password: { file: secrets/password }
        configs:
          site: { file: files/site.conf }
        defaults:
          stop_grace_period: 1s
          labels: { by: defaults }
        vars: { DOMAIN: example.org }
        """;

    /// Every key of an app file that a single node can carry out.
    static final String EVERYTHING = """
        name: everything
        image: demo:1
        entrypoint: [sh, -c]
        command: ["trap 'exit 0' TERM; sleep 1000000 & wait"]
        environment: { B: "2", A: "1", URL: "https://${DOMAIN}/", EMPTY: "" }
        labels: { zeta: "1", alpha: "2" }
        networks:
          backend: { aliases: [db, cache] }
          edge: {}
        ports:
          - "8080:80"
          - "9000-9001:9000-9001/udp"
          - { target: 443, published: 8443, mode: host }
          - target: 5000
        healthcheck: { test: "true", interval: 1s, timeout: 2s, retries: 3, start_period: 1s }
        user: "0:0"
        working_dir: /tmp
        hostname: "{{.Node.Hostname}}-x"
        init: true
        read_only: true
        tty: true
        stdin_open: true
        tmpfs: ["/scratch:size=16m,mode=1777", /run]
        stop_signal: SIGINT
        stop_grace_period: 1s
        extra_hosts: ["one:10.0.0.1", "two:10.0.0.2"]
        dns: [10.1.1.1, 10.1.1.2]
        dns_search: [example.org, example.com]
        cap_add: [NET_ADMIN, SYS_TIME]
        cap_drop: [MKNOD, AUDIT_WRITE]
        sysctls: { net.ipv4.ip_forward: "1", net.core.somaxconn: "512" }
        ulimits: { nofile: { soft: 1024, hard: 2048 }, nproc: 500 }
        logging: { driver: json-file, options: { max-size: 10m, max-file: "3" } }
        secrets:
          - password
          - { source: password, target: second, uid: "1000", gid: "1000", mode: 0400 }
        configs:
          - { source: site, target: /etc/site.conf, mode: 0440 }
        host_paths: [/etc/hostname:/host/name]
        depends_on: [plain]
        deploy:
          replicas: 1
          labels: { traefik.enable: "true", "b": "x" }
          endpoint_mode: vip
          placement:
            constraints: [node.role == manager, "node.platform.os==linux"]
            preferences: [{ spread: node.labels.zone }]
            max_replicas_per_node: 3
          resources:
            limits: { cpus: "0.50", memory: 64m, pids: 100 }
            reservations: { cpus: "0.01", memory: 6m }
          restart_policy: { condition: any, delay: 1s, max_attempts: 9, window: 10s }
          update_config: { parallelism: 2, delay: 0s, failure_action: pause, monitor: 1s, max_failure_ratio: 0.1, order: stop-first }
          rollback_config: { parallelism: 0, monitor: 1s, order: stop-first }
        """;

    @RegisterExtension
    static final PrivateSwarm swarm = PrivateSwarm.oneNode();

    @RegisterExtension
    final Story story = new Story(swarm);

    @Test
    void theSecondApplySendsNoWrite() {
        tell(swarm, story);
    }

    @Nested
    class OnTheNewestEngine {

        @RegisterExtension
        static final PrivateSwarm newest = PrivateSwarm.oneNode().engine("sid");

        @RegisterExtension
        final Story here = new Story(newest);

        @Test
        void theSecondApplySendsNoWrite() {
            tell(newest, here);
        }
    }

    private static void tell(PrivateSwarm swarm, Story story) {
        swarm.node(1).exec("mkdir", "-p", "/srv/db");
        var repo = story.repo();
        repo.write("holdfast.yaml", HOLDFAST_YAML)
                .write("secrets/password", "s3cret-value\n")
                .write("files/site.conf", "listen 80\n")
                .write("apps/everything.yaml", EVERYTHING);
        repo.app("plain");
        repo.app("each-node", "deploy: { mode: global }");
        repo.app("stopped", "deploy: { replicas: 0 }");
        repo.app("round-robin", "networks: [backend]", "deploy: { endpoint_mode: dnsrr, replicas: 2 }");
        repo.app(
                "db",
                Apps.directories("db-data:/data", "/srv/db:/srv:ro", "{ volume: sub, target: /sub, read_only: true }"));

        var first = story.applied("Add all");
        assertThat(first.out()).contains("everything", "each-node", "round-robin", "db");
        assertThat(story.running("everything")).hasSize(1);

        var second = Story.expect(0, story.apply());
        assertThat(story.writes()).as(second.all()).isEmpty();
        assertThat(story.proxy().requests()).as("a handful of reads").hasSizeLessThan(20);

        repo.write("README.md", "Nothing about apps\n").push("Say more");
        Story.expect(0, story.apply());
        assertThat(story.writes())
                .as("a commit that changes no app is only remembered")
                .allMatch(write -> write.contains("/configs"));
        var plan = Story.expect(0, story.run("plan", "--detailed-exitcode"));
        assertThat(story.writes()).as(plan.all()).isEmpty();
    }
}
