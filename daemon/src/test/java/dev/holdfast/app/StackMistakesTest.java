package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.yaml.Problem;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What people write in Compose files, and which lines they are told to write instead.
class StackMistakesTest {

    private static List<String> messages(String... pathsAndTexts) {
        return DesiredReader.read(FilesInMemory.of(pathsAndTexts)).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    /// Of the stack `shop` with one service `web`.
    private static List<String> ofService(String rest, String... more) {
        var files = new ArrayList<>(List.of(more));
        files.addAll(List.of("stacks/shop.yaml", "services:\n  web:\n    image: nginx:1\n" + rest.indent(4)));
        return messages(files.toArray(String[]::new));
    }

    @Test
    void what_an_anchor_does_wrong_is_told_once_with_the_services_that_use_it() {
        assertThat(messages("stacks/shop.yaml", """
            x-common: &common
              image: nginx:1
              privileged: true
              logging: { drivr: local }
            services:
              api: *common
              web: { <<: *common, tty: true }
              worker: *common
            """))
                .containsExactly(
                        "stacks/shop.yaml:3:15: services.api.privileged: docker stack deploy drops this key; a Swarm"
                                + " cannot do this for a service: give single capabilities with cap_add (also in"
                                + " services.web, services.worker) (dropped-key)",
                        "stacks/shop.yaml:4:14: services.api.logging.drivr: unknown key \"drivr\"; did you mean"
                                + " \"driver\"? (also in services.web, services.worker)");
    }

    @Test
    void many_that_use_an_anchor_are_counted() {
        var file = new StringBuilder("x-common: &common { image: \"nginx:1\", privileged: true }\nservices:\n");
        for (var i = 10; i < 60; i++) {
            file.append("  s").append(i).append(": *common\n");
        }
        assertThat(messages("stacks/shop.yaml", file.toString()))
                .hasSize(1)
                .first()
                .asString()
                .contains("services.s10.privileged")
                .contains("(also in services.s11, services.s12, services.s13, services.s14, services.s15 and 44 more)");
    }

    @Test
    void include_is_one_error_with_the_lines_to_write() {
        assertThat(messages("stacks/blog/compose.yaml", """
            include: [../common.yaml, { path: [db.yaml] }]
            services:
              web:
                image: nginx:1
                networks: [common]
                volumes: ["data:/data"]
                secrets: [pw]
                configs: [conf]
                depends_on: [db]
            """))
                .containsExactly(
                        "stacks/blog/compose.yaml:1:1: include: is refused by docker stack deploy; name the files in"
                                + " holdfast.yaml, each is merged over those before it: stacks: { blog: { files:"
                                + " [stacks/common.yaml, stacks/blog/db.yaml, stacks/blog/compose.yaml] } }");
    }

    @Test
    void beside_an_include_what_is_wrong_in_the_file_itself_is_told() {
        assertThat(messages("stacks/blog.yaml", """
            include: [common.yaml]
            services:
              web: { image: Nginx }
            """)).hasSize(2).anyMatch(each -> each.contains("services.web.image"));
    }

    @Test
    void services_at_the_top_are_one_error() {
        assertThat(messages("stacks/old.yaml", "web: { image: \"nginx:1\" }\ndb:\n  build: .\n"))
                .containsExactly(
                        "stacks/old.yaml:1:1: has services at its top (web, db), as Compose files had before there"
                                + " were versions: write services: above, and indent them");
    }

    @Test
    void tmpfs_and_shm_size_are_shown_as_the_volumes_to_write() {
        assertThat(ofService("tmpfs: [\"/run:size=64m,mode=1777\", /tmp]\nshm_size: 1g\n"))
                .hasSize(2)
                .anyMatch(each -> each.contains(
                        "volumes: [{ type: tmpfs, target: /run, tmpfs: { size: 67108864 } }, { type: tmpfs,"
                                + " target: /tmp }]"))
                .anyMatch(each ->
                        each.contains("volumes: [{ type: tmpfs, target: /dev/shm, tmpfs: { size: 1073741824 } }]"));
        assertThat(ofService("tmpfs: /run\n")).anyMatch(each -> each.contains("[{ type: tmpfs, target: /run }]"));
    }

    @Test
    void a_relative_file_of_the_repository_is_shown_as_a_config() {
        assertThat(ofService("volumes: [\"./nginx.conf:/etc/nginx/nginx.conf:ro\"]\n", "stacks/nginx.conf", "x"))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("stacks/shop.yaml:4:")
                .contains("configs: { nginx-conf: { file: ./nginx.conf } }")
                .contains("configs: [{ source: nginx-conf, target: /etc/nginx/nginx.conf }]");
    }

    @Test
    void a_relative_folder_of_the_repository_is_a_config_for_each_file() {
        assertThat(ofService("volumes: [\"../conf/:/etc/app/\"]\n", "conf/a.ini", "x"))
                .anyMatch(each -> each.contains("configs: { a-ini: { file: ../conf/a.ini } }")
                        && each.contains("target: /etc/app/a.ini }]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "./data:/var/lib/data",
                "../data:/var/lib/data",
                "{ type: bind, source: data, target: /var/lib/data }"
            })
    void a_relative_source_that_is_nowhere_is_a_volume_or_a_path_of_the_node(String mount) {
        assertThat(ofService("volumes: [%s]\n".formatted(mount.startsWith("{") ? mount : '"' + mount + '"')))
                .hasSize(1)
                .first()
                .asString()
                .contains("is relative")
                .contains("NAME:/var/lib/data")
                .contains("/srv/");
    }

    @Test
    void a_home_and_two_dots_are_errors_that_say_what_to_write() {
        assertThat(ofService("volumes: [\"~/x:/x\", \"/srv/a/../b/:/b\"]\n"))
                .hasSize(2)
                .anyMatch(each -> each.contains("\"~/x\" is the home of whoever deploys"))
                .anyMatch(each -> each.contains("must be written without ..; is it /srv/b?"));
    }

    @ParameterizedTest
    @CsvSource({"persistent: { directories: ['%s'] }", "scratch: ['%s']", "host_paths: ['%s']"})
    void an_app_file_says_the_same(String line) {
        var app = "name: web\nimage: nginx:1\n" + line + "\n";
        assertThat(messages("apps/web.yaml", app.formatted("./conf:/etc/conf")))
                .hasSize(1)
                .first()
                .asString()
                .contains("configs: { NAME: { file: ./conf } } in holdfast.yaml")
                .contains("configs: [{ source: NAME, target: /etc/conf }]");
        assertThat(messages("apps/web.yaml", app.formatted("~/conf:/etc/conf")))
                .hasSize(1)
                .allMatch(each -> each.contains("is below the home of whoever deploys"));
        assertThat(messages("apps/web.yaml", app.formatted("/srv/${x}/../b:/b").replace("${x}", "a")))
                .hasSize(1)
                .allMatch(each -> each.contains("must be written without ..; is it /srv/b?"));
    }

    @Test
    void an_app_file_names_what_may_have_more_instances() {
        var data = "name: web\nimage: nginx:1\npersistent: { directories: [web-data:/d, /srv/x:/x] }\n";
        for (var deploy : List.of("replicas: 2", "mode: global", "update_config: { order: start-first }")) {
            assertThat(messages("apps/web.yaml", data + "deploy: { " + deploy + " }\n"))
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("what is no data goes under scratch")
                    .contains("what every node sees says shared: true");
        }
        assertThat(messages("apps/web.yaml", data + "deploy: { mode: global }\n"))
                .allMatch(each -> each.contains("persistent.each_node: true"));
    }

    @Test
    void an_undeclared_volume_is_no_volume_without_a_name() {
        assertThat(ofService("volumes: [\"data:/data\"]\n"))
                .hasSize(1)
                .allMatch(each -> each.contains("\"data\" is not declared"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop-", "shop_", "SHOP", "1shop", "sh-_op", "a"})
    void a_stack_may_be_called_as_engines_take_it(String name) {
        var stack = "services: { web: { image: \"nginx:1\" } }\n";
        assertThat(messages("stacks/" + name + ".yaml", stack)).isEmpty();
        assertThat(messages(
                        "holdfast.yaml",
                        "stacks: { " + name + ": { files: [deploy/x.yaml] } }\n",
                        "deploy/x.yaml",
                        stack))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-shop", "_shop", "sh.op", "my shop", "ä"})
    void a_name_that_engines_refuse_is_one_error_where_it_stands(String name) {
        var stack = "services: { web: { image: \"nginx:1\" } }\n";
        assertThat(messages("stacks/" + name + "/compose.yaml", stack))
                .hasSize(1)
                .allMatch(each -> each.contains("engines take no such name"));
        assertThat(messages(
                        "holdfast.yaml",
                        "stacks:\n  \"" + name + "\": { files: [deploy/x.yaml] }\n",
                        "deploy/x.yaml",
                        stack))
                .hasSize(1)
                .allMatch(each -> each.startsWith("holdfast.yaml:2:") && each.contains("engines take no such name"));
    }

    @Test
    void the_name_of_a_service_counts_with_the_stack() {
        var stack = "services: { web: { image: \"nginx:1\" } }\n";
        var host = stack.replace(" } }", ", networks: [host] } }\nnetworks: { host: { external: true } }");
        assertThat(messages("stacks/" + "x".repeat(59) + ".yaml", host)).isEmpty();
        assertThat(messages("stacks/" + "x".repeat(60) + ".yaml", host))
                .hasSize(1)
                .allMatch(each -> each.contains("services.web") && each.contains("at most 63"));
        assertThat(messages("stacks/" + "x".repeat(62) + ".yaml", stack))
                .hasSize(1)
                .allMatch(each -> each.contains("at most 61"));
    }
}
