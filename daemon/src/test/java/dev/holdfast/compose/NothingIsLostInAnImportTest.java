package dev.holdfast.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.app.FilesInMemory;
import dev.holdfast.app.StackExtension;
import dev.holdfast.migrate.ComposeImport;
import dev.holdfast.migrate.Imported;
import dev.holdfast.yaml.RecordForm;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever a Compose file says is in the files of an import, or a line tells that it is not.
class NothingIsLostInAnImportTest {

    /// The word, what a service says without it, and with it.
    private static final String OF_SERVICES = """
        command | | command: serve
        entrypoint | | entrypoint: /run
        user | | user: "1"
        working_dir | | working_dir: /w
        hostname | | hostname: h
        stop_signal | | stop_signal: INT
        stop_grace_period | | stop_grace_period: 5s
        init | | init: true
        tty | | tty: true
        stdin_open | | stdin_open: true
        read_only | | read_only: true
        isolation | | isolation: hyperv
        environment | | environment: { A: b }
        env_file | | env_file: e.env
        labels | | labels: [a=b]
        dns | | dns: 1.1.1.1
        dns_search | | dns_search: a.test
        extra_hosts | | extra_hosts: ["a:1.2.3.4"]
        cap_add | | cap_add: [NET_ADMIN]
        cap_drop | | cap_drop: [ALL]
        sysctls | | sysctls: { a: 1 }
        ulimits | | ulimits: { nofile: 5 }
        credential_spec | | credential_spec: { file: x.json }
        healthcheck | | healthcheck: { test: x }
        logging | | logging: { driver: json-file }
        deploy | | deploy: { replicas: 2 }
        restart | | restart: on-failure
        networks | | networks: [n]
        ports | | ports: ["80:80"]
        secrets | | secrets: [s]
        configs | | configs: [c]
        depends_on | | depends_on: [other]
        volumes | | volumes: ["vol:/v"]
        build | | build: .
        cgroup_parent | | cgroup_parent: x
        cgroupns_mode | | cgroupns_mode: x
        container_name | | container_name: x
        devices | | devices: ["/dev/x:/dev/x"]
        domainname | | domainname: x
        expose | | expose: ["80"]
        external_links | | external_links: [x]
        ipc | | ipc: host
        links | | links: [other]
        mac_address | | mac_address: x
        network_mode | | network_mode: bridge
        oom_score_adj | | oom_score_adj: 5
        pid | | pid: host
        privileged | | privileged: true
        security_opt | | security_opt: [x]
        shm_size | | shm_size: 1g
        tmpfs | | tmpfs: /t
        userns_mode | | userns_mode: host
        x-mine | | x-mine: 1
        node | volumes: ["vol:/v"] | volumes: ["vol:/v"], x-holdfast: { node: w1 }
        node | | x-holdfast: { node: w1 }
        scratch | volumes: ["vol:/v"] | volumes: ["vol:/v"], x-holdfast: { scratch: [vol] }
        scratch | volumes: ["/srv/a:/v"] | volumes: ["/srv/a:/v"], x-holdfast: { scratch: /srv/a }
        ./site | volumes: ["./site:/v"] | volumes: ["./site:/v"], x-holdfast: { scratch: ./site }
        each_node | volumes: ["vol:/v"], deploy: { mode: global } | volumes: ["vol:/v"], deploy: { mode: global }, x-holdfast: { each_node: true }
        each_node | | x-holdfast: { each_node: true }
        with | volumes: ["vol:/v"] | volumes: ["vol:/v"], x-holdfast: { with: { vol: other } }
        shared | volumes: ["vol:/v"] | volumes: ["vol:/v"], x-holdfast: { shared: [vol] }
        shared | volumes: ["/srv/a:/v:ro"] | volumes: ["/srv/a:/v:ro"], x-holdfast: { shared: [/srv/a] }
        leave | | x-holdfast: { leave: [vol] }
        leave_data_on | | x-holdfast: { leave_data_on: w1 }
        adopt | | x-holdfast: { adopt: true }
        depends_on | | x-holdfast: { depends_on: [other] }
        schedule | | x-holdfast: { schedule: "0 2 * * *" }
        before | | x-holdfast: { before: [./migrate] }
        after | | x-holdfast: { after: ./warm }
        timeout | | x-holdfast: { timeout: 10m }
        image_policy | | x-holdfast: { image_policy: follow }
        ignore_drift | | x-holdfast: { ignore_drift: [replicas] }
        tiemout | | x-holdfast: { tiemout: 10m }
        mode | | deploy: { mode: global }
        endpoint_mode | | deploy: { endpoint_mode: dnsrr }
        labels | | deploy: { labels: { a: b } }
        constraints | | deploy: { placement: { constraints: [node.role==manager] } }
        preferences | | deploy: { placement: { preferences: [{ spread: node.labels.z }] } }
        max_replicas_per_node | | deploy: { placement: { max_replicas_per_node: 1 } }
        cpus | | deploy: { resources: { limits: { cpus: "0.5" } } }
        memory | | deploy: { resources: { limits: { memory: 50M } } }
        pids | | deploy: { resources: { limits: { pids: 5 } } }
        cpus | | deploy: { resources: { reservations: { cpus: "0.5" } } }
        memory | | deploy: { resources: { reservations: { memory: 50M } } }
        generic_resources | | deploy: { resources: { reservations: { generic_resources: [{ discrete_resource_spec: { kind: g, value: 2 } }] } } }
        condition | | deploy: { restart_policy: { condition: on-failure } }
        delay | | deploy: { restart_policy: { delay: 3s } }
        max_attempts | | deploy: { restart_policy: { max_attempts: 3 } }
        window | | deploy: { restart_policy: { window: 3s } }
        parallelism | | deploy: { update_config: { parallelism: 2 } }
        parallelism | | deploy: { update_config: { parallelism: 0 } }
        delay | | deploy: { update_config: { delay: 3s } }
        failure_action | | deploy: { update_config: { failure_action: continue } }
        monitor | | deploy: { update_config: { monitor: 3s } }
        max_failure_ratio | | deploy: { update_config: { max_failure_ratio: 0.5 } }
        order | | deploy: { update_config: { order: stop-first } }
        order | volumes: ["vol:/v"] | volumes: ["vol:/v"], deploy: { update_config: { order: start-first } }
        order | | deploy: { rollback_config: { order: start-first } }
        parallelism | | deploy: { rollback_config: { parallelism: 2 } }
        interval | healthcheck: { test: x } | healthcheck: { test: x, interval: 7s }
        timeout | healthcheck: { test: x } | healthcheck: { test: x, timeout: 7s }
        retries | healthcheck: { test: x } | healthcheck: { test: x, retries: 7 }
        start_period | healthcheck: { test: x } | healthcheck: { test: x, start_period: 7s }
        start_interval | healthcheck: { test: x } | healthcheck: { test: x, start_interval: 7s }
        disable | | healthcheck: { disable: true }
        options | logging: { driver: local } | logging: { driver: local, options: { a: b } }
        protocol | ports: [{ target: 80, published: 80 }] | ports: [{ target: 80, published: 80, protocol: udp }]
        mode | ports: [{ target: 80, published: 80 }] | ports: [{ target: 80, published: 80, mode: host }]
        published | ports: [{ target: 80 }] | ports: [{ target: 80, published: 80 }]
        read_only | volumes: [{ type: volume, source: vol, target: /v }] | volumes: [{ type: volume, source: vol, target: /v, read_only: true }]
        nocopy | volumes: [{ type: volume, source: vol, target: /v }] | volumes: [{ type: volume, source: vol, target: /v, volume: { nocopy: true } }]
        subpath | volumes: [{ type: volume, source: vol, target: /v }] | volumes: [{ type: volume, source: vol, target: /v, volume: { subpath: a } }]
        consistency | volumes: [{ type: volume, source: vol, target: /v }] | volumes: [{ type: volume, source: vol, target: /v, consistency: cached }]
        propagation | volumes: [{ type: bind, source: /srv/a, target: /v }] | volumes: [{ type: bind, source: /srv/a, target: /v, bind: { propagation: shared } }]
        propagation | volumes: [{ type: bind, source: /etc, target: /v }] | volumes: [{ type: bind, source: /etc, target: /v, bind: { propagation: rslave } }]
        cached | volumes: ["/srv/a:/a"] | volumes: ["/srv/a:/a:cached"]
        propagation | volumes: ["/srv/a:/a"] | volumes: ["/srv/a:/a:rshared"]
        nocopy | volumes: ["vol:/a"] | volumes: ["vol:/a:nocopy"]
        ro | volumes: ["/srv/a:/a"] | volumes: ["/srv/a:/a:ro"]
        /v | | volumes: [{ type: tmpfs, target: /v }]
        size | volumes: [{ type: tmpfs, target: /v }] | volumes: [{ type: tmpfs, target: /v, tmpfs: { size: 5000000 } }]
        read_only | volumes: [{ type: tmpfs, target: /v }] | volumes: [{ type: tmpfs, target: /v, read_only: true }]
        /v | | volumes: [{ type: npipe, source: x, target: /v }]
        /v | | volumes: [{ type: cluster, source: vol, target: /v }]
        /v | | volumes: [/v]
        ./nginx.conf | | volumes: ["./nginx.conf:/n"]
        ../up | | volumes: ["../up:/n"]
        ~/home | | volumes: ["~/home:/n"]
        aliases | networks: { n: {} } | networks: { n: { aliases: [x] } }
        driver_opts | networks: { n: {} } | networks: { n: { driver_opts: { a: b } } }
        ipv4_address | networks: { n: {} } | networks: { n: { ipv4_address: 10.0.0.9 } }
        ipv6_address | networks: { n: {} } | networks: { n: { ipv6_address: "fe::1" } }
        target | secrets: [s] | secrets: [{ source: s, target: x }]
        uid | secrets: [s] | secrets: [{ source: s, uid: "5" }]
        gid | configs: [c] | configs: [{ source: c, gid: "5" }]
        mode | configs: [c] | configs: [{ source: c, mode: 0400 }]
        """;

    /// The same of what stands beside the services.
    private static final String OF_OBJECTS = """
        driver | volumes: { vol: {} } | volumes: { vol: { driver: x } }
        driver_opts | volumes: { vol: {} } | volumes: { vol: { driver_opts: { a: b } } }
        labels | volumes: { vol: {} } | volumes: { vol: { labels: { a: b } } }
        name | volumes: { vol: {} } | volumes: { vol: { name: mine } }
        external | volumes: { vol: {} } | volumes: { vol: { external: true } }
        driver | networks: { n: {} } | networks: { n: { driver: weave } }
        driver_opts | networks: { n: {} } | networks: { n: { driver_opts: { a: b } } }
        attachable | networks: { n: {} } | networks: { n: { attachable: true } }
        internal | networks: { n: {} } | networks: { n: { internal: true } }
        labels | networks: { n: {} } | networks: { n: { labels: { a: b } } }
        ipam | networks: { n: {} } | networks: { n: { ipam: { config: [{ subnet: 10.1.0.0/16 }] } } }
        driver | networks: { n: {} } | networks: { n: { ipam: { driver: x } } }
        external | networks: { n: {} } | networks: { n: { external: true } }
        labels | configs: { c: { file: c } } | configs: { c: { file: c, labels: { a: b } } }
        template_driver | configs: { c: { file: c } } | configs: { c: { file: c, template_driver: golang } }
        labels | secrets: { s: { file: s } } | secrets: { s: { file: s, labels: { a: b } } }
        driver | secrets: { s: { file: s } } | secrets: { s: { driver: x } }
        driver_opts | secrets: { s: { driver: x } } | secrets: { s: { driver: x, driver_opts: { a: b } } }
        template_driver | secrets: { s: { file: s } } | secrets: { s: { file: s, template_driver: golang } }
        x-holdfast | secrets: { s: { file: s } } | secrets: { s: { file: s, x-holdfast: { key: a } } }
        x-holdfast | configs: { c: { file: c } } | configs: { c: { file: c, x-holdfast: { key: a } } }
        """;

    static Stream<List<String>> ofServices() {
        return rows(OF_SERVICES);
    }

    static Stream<List<String>> ofObjects() {
        return rows(OF_OBJECTS);
    }

    private static Stream<List<String>> rows(String table) {
        return table.strip()
                .lines()
                .map(line ->
                        Arrays.stream(line.split("\\|", -1)).map(String::strip).toList());
    }

    @Test
    void everyKeyOfAServiceIsInTheTable() {
        var missing = new TreeSet<>(ServiceTable.TABLE.byName().keySet());
        ofServices().map(List::getFirst).forEach(missing::remove);
        assertThat(missing).containsExactly("image");
    }

    @Test
    void everyWordOfHoldfastIsInTheTable() {
        var missing = new TreeSet<>(RecordForm.of(StackExtension.class).names());
        ofServices()
                .filter(row -> row.get(2).contains("x-holdfast"))
                .map(List::getFirst)
                .forEach(missing::remove);
        assertThat(missing).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("ofServices")
    void ofAServiceTheFilesSayItOrALineDoes(List<String> row) {
        var service = "services: { web: { image: w%s }, other: { image: o } }\n";
        // What runs already is adopted, whatever the file says.
        for (var fresh : row.getFirst().equals("adopt") ? List.of(true) : List.of(true, false)) {
            saysOrTells(row, more -> service.formatted(more.isEmpty() ? "" : ", " + more) + objects(""), fresh);
        }
    }

    @ParameterizedTest
    @MethodSource("ofObjects")
    void ofWhatServicesUseTheFilesSayItOrALineDoes(List<String> row) {
        var service =
                "services: { web: { image: w, volumes: ['vol:/v'], networks: [n], secrets: [s], configs: [c] } }\n";
        saysOrTells(row, more -> service + objects(more), true);
    }

    private static String objects(String more) {
        var objects = new StringBuilder(more).append('\n');
        Stream.of(
                        "volumes: { vol: {} }",
                        "networks: { n: {} }",
                        "secrets: { s: { file: s } }",
                        "configs: { c: { file: c } }")
                .filter(line -> !more.startsWith(line.substring(0, line.indexOf(':') + 1)))
                .forEach(line -> objects.append(line).append('\n'));
        return objects.toString();
    }

    private static void saysOrTells(List<String> row, java.util.function.UnaryOperator<String> file, boolean fresh) {
        var without = imported(file.apply(row.get(1)), fresh);
        var with = imported(file.apply(row.get(2)), fresh);
        var told = with.notes().stream()
                .filter(note -> !without.notes().contains(note))
                .map(note -> note.place() + " " + note)
                .toList();
        var same = with.apps().equals(without.apps())
                && with.additions().equals(without.additions())
                && with.files().keySet().equals(without.files().keySet());
        if (same) {
            assertThat(told).as(row + " fresh=" + fresh).anyMatch(note -> note.contains(row.getFirst()));
        }
    }

    private static Imported imported(String file, boolean fresh) {
        var source = FilesInMemory.of(
                "shop/compose.yaml", file, "shop/e.env", "E=f\n", "shop/nginx.conf", "x", "shop/s", "s", "shop/c", "c");
        return ComposeImport.of(source, new ComposeImport.Options("shop", List.of("shop/compose.yaml"), null, fresh));
    }
}
