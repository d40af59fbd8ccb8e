package dev.holdfast.app;

import static dev.holdfast.app.QuietFiles.only;
import static dev.holdfast.app.QuietFiles.read;
import static dev.holdfast.app.QuietFiles.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.yaml.Problem;
import dev.holdfast.yaml.YamlCode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The same of words: what is given twice, what is not read, and sentences that say what to write.
class QuietTrapsOfWordsTest {

    @Test
    void what_leave_names_is_called_as_in_directories() {
        var app = "name: a\nimage: x\nnetworks: []\npersistent: { directories: ['data:/d'], leave: ['%s'] }\n";
        assertThat(only("apps/a.yaml", app.formatted("bind:/srv/app/x"))).endsWith("; write /srv/app/x");
        assertThat(only("apps/a.yaml", app.formatted("volume:old-data"))).endsWith("; write old-data");
        assertThat(only("apps/a.yaml", app.formatted("srv/x"))).endsWith("the absolute path of a host directory");
        assertThat(read("apps/a.yaml", app.formatted("/srv/app/x")).problems()).isEmpty();
        assertThat(read("apps/a.yaml", app.formatted("old-data")).problems()).isEmpty();
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
        assertThat(desired.problems()).extracting(Problem::code).containsOnly(FileCode.FILE_NOT_READ);
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
                "persistent: {directories: ['~/x:/x']}     | below the home",
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
        assertThat(problems).extracting(Problem::code).containsExactly(YamlCode.QUOTES_KEPT, YamlCode.QUOTES_KEPT);
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
