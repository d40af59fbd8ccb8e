package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.yaml.Problem;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Files as people write them, in app files and in stack files alike.
class FilesAsWrittenTest {

    /// The two kinds of file, each with an app `web` in it.
    enum Kind {
        APP,
        STACK;

        FilesInMemory files(String rest, String repository) {
            return this == APP
                    ? FilesInMemory.of(
                            "apps/web.yaml", "name: web\nimage: nginx:1\n" + rest, "holdfast.yaml", repository)
                    : FilesInMemory.of(
                            "stacks/s.yaml", "services:\n  web:\n    image: nginx:1\n" + rest.indent(4) + repository);
        }

        Desired read(String rest) {
            return DesiredReader.read(files(rest, this == APP ? "cluster: default\n" : ""));
        }

        List<String> problems(String rest, String repository) {
            return DesiredReader.read(files(rest, repository)).problems().stream()
                    .map(Problem::toString)
                    .toList();
        }
    }

    private static App only(Desired desired) {
        assertThat(desired.apps()).hasSize(1);
        return desired.apps().getFirst().app();
    }

    @ParameterizedTest
    @EnumSource
    void a_slash_at_the_end_of_a_path_is_none(Kind kind) {
        var app = only(kind.read(
                kind == Kind.APP
                        ? "persistent: { directories: [\"/srv/x/:/x/\"] }\nworking_dir: /x/\n"
                        : "volumes: [\"/srv/x/:/x/\"]\nworking_dir: /x/\n"));
        assertThat(app.directories()).containsExactly(new Directory(null, "/srv/x", "/x", false));
        assertThat(app.workingDir()).isEqualTo("/x");
    }

    @ParameterizedTest
    @EnumSource
    void two_spellings_of_a_directory_are_one(Kind kind) {
        var one = kind == Kind.APP ? "persistent: { directories: [\"/srv/x/:/x\"] }\n" : "volumes: [\"/srv/x/:/x\"]\n";
        var files = kind.files(one, kind == Kind.APP ? "cluster: default\n" : "");
        files.files()
                .putAll(FilesInMemory.of(
                                "apps/other.yaml",
                                "name: other\nimage: nginx:1\npersistent: { directories: [\"/srv//x/./:/y\"] }\n")
                        .files());
        var desired = DesiredReader.read(files);
        var told = Stream.concat(
                desired.problems().stream().map(Problem::toString),
                desired.apps().stream().flatMap(app -> app.breaches().stream()).map(Breach::message));
        assertThat(told).anyMatch(each -> each.contains("\"/srv/x\" belongs to"));
    }

    @ParameterizedTest
    @EnumSource
    void restart_beside_restart_policy_is_a_warning(Kind kind) {
        assertThat(kind.problems(
                        "restart: always\ndeploy: { restart_policy: { condition: none } }\n",
                        kind == Kind.APP ? "cluster: default\n" : ""))
                .hasSize(1)
                .allMatch(each -> each.endsWith("(restart-ignored)") && each.contains(":4:") == (kind == Kind.STACK));
        var app = only(kind.read("restart: always\ndeploy: { restart_policy: { condition: none } }\n"));
        assertThat(app.deploy().restartPolicy()).isNotNull();
    }

    @ParameterizedTest
    @EnumSource
    void of_a_label_that_is_twice_in_a_list_the_last_counts(Kind kind) {
        var rest = "labels: [a=1, b=2, a=3]\ndeploy: { labels: [x=1, x=2] }\n";
        var app = only(kind.read(rest));
        assertThat(app.labels()).containsEntry("a", "3").containsEntry("b", "2");
        assertThat(app.deploy().labels()).containsEntry("x", "2");
        assertThat(kind.problems(rest, kind == Kind.APP ? "cluster: default\n" : ""))
                .hasSize(2)
                .allMatch(each -> each.endsWith("(given-twice)"));
    }

    @ParameterizedTest
    @EnumSource
    void the_old_form_of_external_says_what_to_write(Kind kind) {
        var declared = """
            networks: { back: { external: { name: backend } } }
            secrets: { pw: { external: { name: password } } }
            configs: { conf: { external: { name: configuration } } }
            """;
        var told = kind.problems("networks: [back]\nsecrets: [pw]\nconfigs: [conf]\n", declared);
        assertThat(told).hasSize(3);
        for (var name : List.of("backend", "password", "configuration")) {
            assertThat(told).anyMatch(each -> each.contains("external: true") && each.contains(name));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_relative_bind_points_to_configs(Kind kind) {
        var rest = kind == Kind.APP
                ? "persistent: { directories: [\"./x.conf:/x.conf\"] }\n"
                : "volumes: [\"./x.conf:/x.conf\"]\n";
        assertThat(kind.problems(rest, kind == Kind.APP ? "cluster: default\n" : ""))
                .hasSize(1)
                .allMatch(each -> each.contains("configs: [{ source: ") && each.contains("target: /x.conf }]"));
    }

    @Test
    void an_app_in_no_network_and_one_that_depends_on_another_without_a_common_one_are_warned_of() {
        var problems = DesiredReader.read(FilesInMemory.of(
                        "holdfast.yaml",
                        "networks: { front: {}, back: {} }\n",
                        "apps/web.yaml",
                        "name: web\nimage: nginx:1\nnetworks: [front]\ndepends_on: [db]\n",
                        "apps/db.yaml",
                        "name: db\nimage: nginx:1\nnetworks: [back]\n",
                        "apps/alone.yaml",
                        "name: alone\nimage: nginx:1\n"))
                .problems()
                .stream()
                .map(Problem::toString)
                .toList();
        assertThat(problems)
                .anyMatch(each -> each.startsWith("apps/alone.yaml") && each.endsWith("(in-no-network)"))
                .anyMatch(each -> each.startsWith("apps/web.yaml") && each.endsWith("(no-shared-network)"));
    }

    @Test
    void the_services_of_a_stack_are_in_its_network_and_are_not_warned_of() {
        assertThat(DesiredReader.read(FilesInMemory.of(
                                "stacks/s.yaml",
                                "services: { web: { image: \"nginx:1\", depends_on: [db] }, db: { image:"
                                        + " \"nginx:1\" } }\n"))
                        .problems())
                .isEmpty();
    }

    @Test
    void an_app_file_and_a_service_of_a_stack_of_the_same_name_are_an_error_in_both() {
        var desired = DesiredReader.read(FilesInMemory.of(
                "apps/x.yaml",
                "name: s_Web\nimage: nginx:1\n",
                "stacks/s.yaml",
                "services: { web: { image: \"nginx:1\" } }\n"));
        assertThat(desired.problems().stream().map(Problem::toString))
                .hasSize(2)
                .anyMatch(each -> each.startsWith("apps/x.yaml:1:")
                        && each.contains("the name is taken by app \"s_web\" in stacks/s.yaml:1"))
                .anyMatch(each -> each.startsWith("stacks/s.yaml:1:")
                        && each.contains("the name is taken by app \"s_Web\" in apps/x.yaml:1"));
        assertThat(desired.broken()).contains("s_Web", "s_web");
    }
}
