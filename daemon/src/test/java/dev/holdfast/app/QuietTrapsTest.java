package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.yaml.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that are no mistake in themselves, and mean something else than most people think: each is told of, with its
/// place and a code.
class QuietTrapsTest {

    private static final String NETWORKS = """
        networks:
          front: {}
          back: { name: backend }
          again: { name: backend, external: true }
          host: { external: true }
        configs: { conf: { file: files/conf } }
        secrets: { key: { file: files/key } }
        """;

    private static Desired read(String... pathsAndTexts) {
        var files = FilesInMemory.of("holdfast.yaml", NETWORKS, "files/conf", "x", "files/key", "x");
        for (var i = 0; i < pathsAndTexts.length; i += 2) {
            files.with(pathsAndTexts[i], pathsAndTexts[i + 1].getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return DesiredReader.read(files);
    }

    /// Place, code and path of each problem; errors have no code.
    private static List<String> told(Desired desired) {
        return desired.problems().stream()
                .map(problem -> "%s:%d:%d %s %s"
                        .formatted(problem.file(), problem.line(), problem.column(), problem.code(), problem.path())
                        .replace("  ", " error "))
                .toList();
    }

    private static List<String> told(String apps) {
        return told(read("apps/a.yaml", apps));
    }

    private static String only(String... pathsAndTexts) {
        var problems = read(pathsAndTexts).problems();
        assertThat(problems).hasSize(1);
        return problems.getFirst().message();
    }

    @Test
    void what_leave_names_is_called_as_in_directories() {
        var app = "name: a\nimage: x\nnetworks: []\npersistent: { directories: ['data:/d'], leave: ['%s'] }\n";
        assertThat(only("apps/a.yaml", app.formatted("bind:/srv/app/x"))).endsWith("; write /srv/app/x");
        assertThat(only("apps/a.yaml", app.formatted("volume:old-data"))).endsWith("; write old-data");
        assertThat(only("apps/a.yaml", app.formatted("srv/x"))).endsWith("the absolute path of a host directory");
        assertThat(read("apps/a.yaml", app.formatted("/srv/app/x")).problems()).isEmpty();
        assertThat(read("apps/a.yaml", app.formatted("old-data")).problems()).isEmpty();
    }

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
            assertThat(problem.code()).isEqualTo("no-shared-network");
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

    // Twice, and what counts

    @Test
    void what_a_list_says_twice_is_told_and_the_last_counts() {
        for (var key : List.of("labels", "environment", "sysctls")) {
            var desired = read("apps/a.yaml", "name: a\nimage: x\n%s:\n- k=1\n- z=0\n- k=2\n".formatted(key));
            assertThat(told(desired)).containsExactly("apps/a.yaml:6:3 given-twice " + key + ".k");
            var app = desired.apps().getFirst().app();
            assertThat(Stream.of(app.labels(), app.environment(), app.sysctls()).filter(map -> !map.isEmpty()))
                    .allSatisfy(map -> assertThat(map).containsEntry("k", "2"));
        }
        var merged = read(
                "holdfast.yaml",
                "defaults: { labels: { d: 4 } }",
                "apps/a.yaml",
                "name: a\nimage: x\nlabels: [k=1, k=2]\n");
        assertThat(told(merged)).containsExactly("apps/a.yaml:3:15 given-twice labels.k");
        assertThat(merged.apps().getFirst().app().labels())
                .containsEntry("k", "2")
                .containsEntry("d", "4");
    }

    @Test
    void restart_beside_restart_policy_is_told_and_an_apps_own_word_beats_the_default_in_the_other_spelling() {
        assertThat(told("name: a\nimage: x\nrestart: always\ndeploy: {restart_policy: {condition: none}}\n"))
                .containsExactly("apps/a.yaml:3:10 restart-ignored restart");
        var own = read(
                "holdfast.yaml",
                "defaults: {deploy: {restart_policy: {condition: any}}}",
                "apps/a.yaml",
                "{name: a, image: x, restart: 'no'}");
        assertThat(own.problems()).isEmpty();
        assertThat(own.apps().getFirst().app().deploy().restartPolicy()).isNull();
        var other = read(
                "holdfast.yaml",
                "defaults: {restart: always}",
                "apps/a.yaml",
                "{name: a, image: x, deploy: {restart_policy: {condition: none}}}");
        assertThat(other.problems()).isEmpty();
        assertThat(other.apps().getFirst().app().restart()).isNull();
    }

    @Test
    void one_secret_or_config_at_several_targets_has_one_mode() {
        for (var key : List.of("configs, conf", "secrets, key")) {
            var words = key.split(", ");
            var app = "name: a\n"
                    + "image: x\n"
                    + "%s:\n"
                    + "- {source: %2$s, target: b, mode: 0400}\n"
                    + "- {source: %2$s, target: %3$s, uid: 7}\n";
            assertThat(told(app.formatted(words[0], words[1], "a")))
                    .containsExactly("apps/a.yaml:5:3 one-mode-for-all " + words[0] + "[1]");
            assertThat(told(app.formatted(words[0], words[1], "c")))
                    .containsExactly("apps/a.yaml:4:3 one-mode-for-all " + words[0] + "[0]");
        }
        assertThat(told("name: a\nimage: x\nconfigs: [{source: conf, target: a}, {source: conf, target: b}]\n"))
                .isEmpty();
    }

    // What is not read

    @Test
    void files_below_apps_that_are_not_read_are_told_of_once_for_each_reason() {
        var paths = List.of(
                "apps/UP.YAML",
                "apps/x/UP.Yml",
                "apps/b.json",
                "apps/c.yaml.j2",
                "apps/d.yaml.orig",
                "apps/e.toml",
                "apps/.hidden.yaml",
                "apps/.old/f.yaml",
                "apps/README.md",
                "apps/.gitkeep",
                "apps/LICENSE",
                "apps/g.yaml~",
                "apps/#g.yaml#",
                "apps/.g.yaml.swp",
                "apps/.#g.yaml",
                "apps/nginx.conf",
                "other/z.json");
        var files = FilesInMemory.of(
                "holdfast.yaml", "configs: { n: { file: ./apps/nginx.conf } }", "apps/ok.yaml", "{name: ok, image: x}");
        paths.forEach(
                path -> files.with(path, "name: hidden\nimage: x\n".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        var desired = DesiredReader.read(files);
        assertThat(desired.apps()).hasSize(1);
        assertThat(desired.complete()).isTrue();
        assertThat(desired.problems()).extracting(Problem::code).containsOnly("file-not-read");
        assertThat(desired.problems())
                .extracting(Problem::file)
                .containsExactly(
                        "apps/.hidden.yaml", "apps/UP.YAML", "apps/b.json", "apps/c.yaml.j2", "apps/d.yaml.orig");
        assertThat(desired.problems().getFirst().message()).endsWith("; so for apps/.old/f.yaml");
        assertThat(desired.problems().getLast().message()).endsWith("; so for apps/e.toml");
    }

    @Test
    void a_thousand_of_them_are_one_line() {
        var files = FilesInMemory.of("apps/ok.yaml", "{name: ok, image: x}");
        for (var i = 0; i < 1000; i++) {
            files.with("apps/%03d.bak".formatted(i), new byte[0]);
        }
        var problem = DesiredReader.read(files).problems().getFirst();
        assertThat(problem.message()).endsWith("apps/010.bak and 989 more").hasSizeLessThan(400);
    }

    @Test
    void where_there_is_no_app_file_the_folder_that_has_some_is_named() {
        assertThat(DesiredReader.read(FilesInMemory.of("services/a.yaml", "{name: a, image: x}"))
                        .problems()
                        .getFirst()
                        .message())
                .contains("services/");
    }

    // Sentences

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dns_opt: [ndots:2]                        | dns-opts",
                "links: [db]                               | under networks",
                "container_name: x                         | aliases under networks",
                "volumes_from: [db]                        | persistent.directories",
                "env_file: .env                            | environment",
                "expose: [80]                              | ports",
                "extends: {file: x}                        | anchors",
                "profiles: [x]                             | leave out its file",
                "shm_size: 1g                              | tmpfs",
                "cgroup_parent: x                          | remove it",
                "domainname: x                             | hostname",
                "mac_address: x                            | remove it",
                "log_driver: x                             | logging",
                "net: host                                 | external network named host",
                "persistent: {directories: ['./x:/x']}     | is relative",
                "persistent: {directories: ['~/x:/x']}     | is relative",
                "persistent: {directories: [{host: ../x, target: /x}]} | is relative",
                "persistent: {directories: [{volume: vv, target: /x, type: volume}]} | the key says what it is",
                "host_paths: ['./x:/x']                    | is relative",
                "configs: [{source: conf, file: ./x}]      | holdfast.yaml",
                "ports: [{target: 80, host_ip: 127.0.0.1}] | firewall",
            })
    void a_key_that_does_not_work_says_what_to_write(String line, String words) {
        assertThat(only("apps/a.yaml", "name: a\nimage: x\n" + line + "\n")).contains(words);
    }

    @Test
    void the_old_form_of_external_says_the_new_one() {
        for (var key : List.of("networks", "secrets", "configs")) {
            assertThat(only(
                            "holdfast.yaml",
                            key + ": {k: {external: {name: x}}}",
                            "apps/a.yaml",
                            "{name: a, image: x}"))
                    .isEqualTo("is true or false; write external: true, and beside it name: \"x\"");
        }
    }

    @Test
    void an_alias_of_another_document_says_that_documents_share_none() {
        assertThat(only(
                        "apps/a.yaml",
                        "x-env: &env {A: b}\nname: a\nimage: x\nenvironment: *env\n---\n"
                                + "name: b\nimage: x\nenvironment: *env\n"))
                .startsWith("*env has no anchor &env before it; the one in an earlier document of this file is not seen"
                        + " here");
        assertThat(only("apps/a.yaml", "name: b\nimage: x\nenvironment: *env\n"))
                .contains("defaults in holdfast.yaml");
    }

    @ParameterizedTest
    @CsvSource({"environment", "labels", "deploy.labels", "sysctls", "logging.options"})
    void quotes_within_an_item_of_a_list_belong_to_its_value(String path) {
        var keys = path.split("[.]");
        var list = (keys.length == 1 ? keys[0] + ":" : keys[0] + ":\n  " + keys[1] + ":")
                + "\n    - A=\"hunter4\"\n    - B='x y'\n    - \"C=fine\"\n    - D=it's\n    - E=\"\n";
        var problems = read("apps/a.yaml", "name: a\nimage: x\n" + list).problems();
        assertThat(problems).extracting(Problem::code).containsExactly("quotes-kept", "quotes-kept");
        assertThat(problems).extracting(Problem::path).containsExactly(path + "[0]", path + "[1]");
        assertThat(problems.toString()).doesNotContain("hunter4", "x y");
        assertThat(read("apps/a.yaml", "name: a\nimage: x\n" + list).apps()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A = hunter4", "A =hunter4", " A=hunter4"})
    void spaces_beside_the_name_would_be_a_part_of_it(String item) {
        for (var key : List.of("environment", "labels", "sysctls")) {
            assertThat(only("apps/a.yaml", "name: a\nimage: x\n" + key + ": ['" + item + "']\n"))
                    .isEqualTo("has a space beside its name; write NAME=value, without spaces around the =");
        }
    }

    @Test
    void the_word_none_is_no_command_for_a_health_check() {
        assertThat(only("apps/a.yaml", "name: a\nimage: x\nhealthcheck: {test: NONE}\n"))
                .isEqualTo("the text NONE would be run as a command, and fail; write [NONE], or disable: true");
        assertThat(told("name: a\nimage: x\nhealthcheck: {test: [NONE]}\n")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://example.com/team/app:1   | an image has no scheme; remove https://",
                "docker://nginx                   | an image has no scheme; remove docker://",
                "Example.com:5000/Team/App:V1     | must be lower-case before its tag; write"
                        + " example.com:5000/team/app:V1",
                "Nginx                            | must be lower-case before its tag; write nginx",
                "nginx:1@sha256:abc               | its digest must be whole, such as @sha256: and 64 hexadecimal"
                        + " digits",
                "nginx@latest                     | its digest must be whole, such as @sha256: and 64 hexadecimal"
                        + " digits",
                "nginx:${NONE:-}                  | has no tag behind the :, as when a variable is empty",
                "nginx 1                          | must be an image such as postgres:17",
            })
    void an_image_that_is_none_is_told_what_is_wrong_with_it(String image, String message) {
        assertThat(only("apps/a.yaml", "name: a\nimage: '" + image + "'\n")).startsWith(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"@hunter4", "`hunter4`", "%hunter4"})
    void what_yaml_keeps_for_itself_is_to_be_quoted(String value) {
        assertThat(only("apps/a.yaml", "name: a\nimage: x\nenvironment:\n  A: " + value + "\n"))
                .isEqualTo("is not valid YAML: quote a text that begins with @, a backtick or %");
    }

    @Test
    void warnings_hide_no_error() {
        var labels = new StringBuilder("name: a\nimage: x\nlabels:\n");
        Arrays.stream(new int[150]).forEach(_ -> labels.append("- k=1\n"));
        var desired = read("apps/a.yaml", labels + "zzz: 1\n");
        assertThat(desired.problems()).filteredOn(Problem::isError).hasSize(1);
        assertThat(desired.problems().getLast().message()).contains("and about 49 more warnings in this file");
        assertThat(desired.problems().getLast().isError()).isFalse();
    }
}
