package dev.holdfast.app;

import static dev.holdfast.app.QuietFiles.only;
import static dev.holdfast.app.QuietFiles.read;
import static dev.holdfast.app.QuietFiles.told;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that are no mistake in themselves, and mean something else than most people think: each is told of, with its
/// place and a code. Here: networks, ports and paths.
class QuietTrapsTest {

    // Networks

    @Test
    void an_app_in_no_network_while_others_are_in_one_is_told_of() {
        assertThat(told("name: a\nimage: x\nnetworks: [front]\n---\nname: b\nimage: x\n"))
                .containsExactly("apps/a.yaml:5:7 in-no-network networks");
        assertThat(told("name: a\nimage: x\n---\nname: b\nimage: x\n")).isEmpty();
        assertThat(told("name: a\nimage: x\nnetworks: [front]\n---\nname: b\nimage: x\nnetworks: []\n"))
                .isEmpty();
        assertThat(told("name: a\nimage: x\nnetworks: [front]\n---\nname: b\nimage: x\nnetworks: [host]\n"))
                .isEmpty();
        assertThat(told(read(
                        "holdfast.yaml",
                        "networks: { n: {} }\ndefaults: { networks: [n] }",
                        "apps/a.yaml",
                        "name: a\nimage: x\n---\nname: b\nimage: x\ndepends_on: [a]\n")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "front       |           | apps/a.yaml:4:14",
                "            | front     | apps/a.yaml:4:14",
                "            |           | apps/a.yaml:4:14",
                "front       | back      | apps/a.yaml:4:14",
                "host        | front     | apps/a.yaml:4:14",
                "front       | front     | ",
                "again       | back      | ",
                "front, back | back      | ",
                "host        | host      | ",
            })
    void what_depends_on_another_app_shares_a_network_with_it(String mine, String theirs, String place) {
        var networks = "networks: [%s]\n";
        var app = "name: web\nimage: x\n%sdepends_on: [%s]\n"
                .formatted(mine == null ? "user: x\n" : networks.formatted(mine), "db");
        var other = "---\nname: db\nimage: x\n" + (theirs == null ? "" : networks.formatted(theirs));
        assertThat(told(app + other))
                .isEqualTo(place == null ? List.of() : List.of(place + " no-shared-network depends_on[0]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DB_HOST: db                           | true",
                "URL: postgres://u:pw@db:5432/x        | true",
                "URL: redis://db                       | true",
                "BROKERS: 'other:9092,db:9092'         | true",
                "ROLE: db                              | false",
                "URL: http://db.example.org/           | false",
                "TEXT: the db is here                  | false",
            })
    void a_variable_that_names_an_app_as_a_host_is_as_good_as_depends_on(String variable, boolean isTold) {
        var apps = "name: web\nimage: x\nenvironment:\n  %s\n---\nname: db\nimage: x\n".formatted(variable);
        var problems = read("apps/a.yaml", apps).problems();
        assertThat(problems).hasSize(isTold ? 1 : 0);
        assertThat(problems).allSatisfy(problem -> {
            assertThat(problem.code()).isEqualTo(FileCode.NO_SHARED_NETWORK);
            assertThat(problem.message()).doesNotContain("pw");
        });
    }

    @Test
    void so_is_a_command_and_data_that_two_apps_share_needs_no_network() {
        assertThat(told("name: web\nimage: x\ncommand: [sh, -c, 'wget http://db:80/']\n---\nname: db\nimage: x\n"))
                .containsExactly("apps/a.yaml:3:10 no-shared-network command");
        assertThat(told("name: w\nimage: x\npersistent: {directories: ['v1:/d']}\n---\n"
                        + "name: r\nimage: x\ndepends_on: [w]\npersistent: {directories: ['v1:/d:ro']}\n"))
                .isEmpty();
    }

    @Test
    void an_alias_in_a_shared_network_is_found() {
        var shop = "name: web\nimage: x\nnetworks: [front]\nenvironment: {DB_HOST: db}\n---\n"
                + "name: shop-db\nimage: x\nnetworks: { front: { aliases: [db] } }\n---\n"
                + "name: db\nimage: x\nnetworks: [back]\n";
        assertThat(told(shop)).isEmpty();
        assertThat(told(shop.replace("aliases: [db]", "aliases: [other]")))
                .containsExactly("apps/a.yaml:4:24 no-shared-network environment.DB_HOST");
    }

    // Two tasks side by side

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "replicas: 2                                                     | start-first-port",
                "mode: global                                                    | error",
                "'placement: { constraints: [node.hostname == n1] }'             | error",
                "'placement: { constraints: [node.id==abc] }'                    | error",
                "'placement: { constraints: [node.role == manager] }'            | start-first-port",
                "'replicas: 0, placement: { constraints: [node.hostname == n1] }'| start-first-port",
            })
    void start_first_beside_a_port_of_the_node(String deploy, String what) {
        var port = "ports: [{target: 80, published: 8080, mode: host}]\n";
        for (var config : List.of("update_config", "rollback_config")) {
            var app = "name: a\nimage: x\n%sdeploy:\n  {%s: {order: start-first}, %s}\n";
            assertThat(told(app.formatted(port, config, deploy)))
                    .singleElement()
                    .asString()
                    .contains("apps/a.yaml:5:", what, "deploy." + config + ".order");
            assertThat(told(app.formatted("", config, deploy))).isEmpty();
            assertThat(told(app.formatted(port.replace("host", "ingress"), config, deploy)))
                    .isEmpty();
        }
    }

    @Test
    void start_first_from_defaults_is_told_at_each_app_that_it_does_not_fit() {
        var desired = read(
                "holdfast.yaml",
                "defaults:\n  deploy:\n    update_config: { order: start-first }\n",
                "apps/a.yaml",
                "name: a\nimage: x\nports: [{target: 80, published: 81, mode: host}]\n---\nname: b\nimage: x\n");
        assertThat(told(desired)).containsExactly("apps/a.yaml:1:1 start-first-port deploy.update_config.order");
        assertThat(desired.problems().getFirst().message()).contains("comes from holdfast.yaml:3");
    }

    @Test
    void a_full_node_has_no_room_for_a_second_task_either() {
        var app = "name: a\nimage: x\ndeploy: {replicas: 2, update_config: {order: start-first}, placement:"
                + " {constraints: [node.hostname==n], max_replicas_per_node: %d}}\n";
        assertThat(told(app.formatted(2))).hasSize(1);
        assertThat(told(app.formatted(3))).isEmpty();
    }

    // Paths

    @ParameterizedTest
    @ValueSource(strings = {"/data", "/data/", "//data", "/./data", "/data//", "/data/.", "/./data/./"})
    void a_path_has_one_spelling(String path) {
        var app = read("apps/a.yaml", """
            name: a
            image: x
            working_dir: %1$s
            tmpfs: [/tmp%1$s:size=1m]
            host_paths: ["/etc%1$s:/etc%1$s"]
            configs: [{source: conf, target: /conf%1$s}]
            persistent:
              directories: ["vol:/a%1$s", "/srv%1$s:/b%1$s", {host: /opt%1$s, target: /c%1$s}]
              leave: [/old%1$s]
            """.formatted(path)).apps().getFirst().app();
        assertThat(Stream.of(app.workingDir(), app.persistent().leave().getFirst()))
                .containsExactly("/data", "/old/data");
        assertThat(app.tmpfs().getFirst().target()).isEqualTo("/tmp/data");
        assertThat(app.hostPaths().getFirst()).isEqualTo(new HostPath("/etc/data", "/etc/data"));
        assertThat(app.configs().getFirst().target()).isEqualTo("/conf/data");
        assertThat(app.directories())
                .containsExactly(
                        new Directory("vol", null, "/a/data", false),
                        new Directory(null, "/srv/data", "/b/data", false),
                        new Directory(null, "/opt/data", "/c/data", false));
    }

    @Test
    void two_spellings_are_one_target_and_one_directory() {
        assertThat(only("apps/a.yaml", "{name: a, image: x, persistent: {directories: ['v1:/d/', '/srv/x:/d']}}"))
                .isEqualTo("the target \"/d\" is taken by persistent.directories[0]");
        assertThat(told("name: a\nimage: x\npersistent: {directories: ['/srv/x/:/d']}\n---\n"
                        + "name: b\nimage: x\npersistent: {directories: ['/srv//x:/d']}\n"))
                .hasSize(2);
    }

    @Test
    void binds_of_apps_that_never_meet_do_not_overlap() {
        var apps = "name: a\n"
                + "image: x\n"
                + "persistent: {directories: ['/srv/x:/d']}\n"
                + "deploy: {placement: {constraints: [%s]}}\n"
                + "---\n"
                + "name: b\n"
                + "image: x\n"
                + "persistent: {%s directories: ['/srv/x/y:/d']}\n"
                + "deploy: {placement: {constraints: [%s]}}\n";
        assertThat(told(apps.formatted("node.hostname == n1", "node: n2,", ""))).isEmpty();
        assertThat(told(apps.formatted("node.labels.disk==a", "", "node.labels.disk!=a")))
                .isEmpty();
        assertThat(told(apps.formatted("node.hostname==n1", "node: N1,", ""))).hasSize(2);
        assertThat(told(apps.formatted("node.hostname==n1", "", "node.role==worker")))
                .hasSize(2);
    }
}
