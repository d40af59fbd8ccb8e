package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.live.Content;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Network;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Networks, secrets and configs.
class SurroundingsTest {

    private final World world = World.of(1)
            .file("holdfast.yaml", """
                networks: {back: {}}
                secrets: {pw: {file: pw.txt}}
                configs: {conf: {file: conf.txt}}
                """)
            .file("pw.txt", "one")
            .file("conf.txt", "one")
            .app("web", "networks: [back]\nsecrets: [pw]\nconfigs: [conf]\n");

    @Test
    void what_an_app_needs_is_made_before_it() {
        var plan = world.run();
        assertThat(World.changes(plan)).hasSize(4).last().isEqualTo("create service web");
        assertThat(world.swarm.secrets.getFirst().name()).matches("pw-[0-9a-f]{12}");
        assertThat(world.swarm.configs.getFirst().name()).matches("conf-[0-9a-f]{12}");
        assertThat(world.glance().changes()).isEmpty();
    }

    @Test
    void the_name_of_a_secret_tells_nothing_without_the_ledgers_key() {
        world.run();
        var name = world.swarm.secrets.getFirst().name();
        assertThat(name.substring(3))
                .isNotEqualTo(world.swarm.configs.getFirst().name().substring(5));
    }

    @Test
    void a_changed_file_is_a_new_object_and_the_old_one_stays_while_a_rollback_needs_it() {
        world.run();
        world.file("pw.txt", "two");
        assertThat(World.changes(world.run())).hasSize(2).last().isEqualTo("update service web");
        assertThat(world.swarm.secrets).hasSize(2);
        world.file("pw.txt", "three").run();
        assertThat(world.swarm.secrets).hasSize(2);
        world.app("web", "networks: [back]\n").run();
        world.app("web", "networks: [back]\nenvironment: {A: b}\n").run();
        assertThat(world.swarm.secrets).isEmpty();
        assertThat(world.glance().changes()).isEmpty();
    }

    @Test
    void contents_that_holdfast_did_not_make_are_never_removed() {
        world.swarm.secrets.add(new Content("x", "theirs", Map.of()));
        world.run();
        assertThat(world.swarm.secrets).extracting(Content::name).contains("theirs");
    }

    @Test
    void a_network_goes_in_the_run_in_which_nothing_needs_it_any_more() {
        world.run();
        world.file("holdfast.yaml", "secrets: {pw: {file: pw.txt}}\n").app("web", "");
        assertThat(World.changes(world.run())).contains("update service web", "remove network back");
        assertThat(world.swarm.networks).isEmpty();
        assertThat(world.glance().changes()).isEmpty();
    }

    @Test
    void no_network_is_removed_while_a_file_is_broken() {
        world.run();
        world.file("holdfast.yaml", "secrets: {pw: {file: pw.txt}}\n")
                .app("web", "")
                .file("apps/x.yaml", "{{{");
        assertThat(World.changes(world.run())).doesNotContain("remove network back");
    }

    @Test
    void what_is_external_must_be_there() {
        world.file("holdfast.yaml", """
            networks: {back: {external: true}}
            secrets: {pw: {external: true}}
            configs: {conf: {external: true}}
            """);
        assertThat(World.holds(world.run()))
                .containsExactly("web config-missing", "web network-missing", "web secret-missing");
        world.swarm.networks.add(network("back", Map.of()));
        world.swarm.secrets.add(new Content("x", "pw", Map.of()));
        world.swarm.configs.add(new Content("y", "conf", Map.of()));
        assertThat(world.run().holds()).isEmpty();
    }

    @Test
    void a_network_is_as_declared_where_its_options_are() {
        var file = """
            networks: {back: {driver_opts: {encrypted: "", mtu: 1400}}}
            secrets: {pw: {file: pw.txt}}
            configs: {conf: {file: conf.txt}}
            """;
        world.swarm.networks.add(new Network(
                "n9",
                "back",
                "overlay",
                "swarm",
                false,
                false,
                Map.of("encrypted", "", "mtu", "1400", "com.docker.network.driver.overlay.vxlanid_list", "4097"),
                List.of(),
                Map.of(Labels.CLUSTER, "default")));
        assertThat(World.warnings(world.file("holdfast.yaml", file).run())).isEmpty();
        assertThat(World.warnings(world.file("holdfast.yaml", file.replace("1400", "1500"))
                        .run()))
                .containsExactly("network-differs");
        assertThat(World.warnings(world.file("holdfast.yaml", file.replace("encrypted: \"\", ", ""))
                        .run()))
                .containsExactly("network-differs");
    }

    @Test
    void a_network_that_holdfast_did_not_make_is_a_hold_and_one_that_differs_a_warning() {
        world.swarm.networks.add(network("back", Map.of()));
        assertThat(World.holds(world.run())).containsExactly("web not-ours");
        world.swarm.networks.clear();
        world.run();
        world.file("holdfast.yaml", """
            networks: {back: {internal: true}}
            secrets: {pw: {file: pw.txt}}
            configs: {conf: {file: conf.txt}}
            """);
        assertThat(World.warnings(world.run())).containsExactly("network-differs");
    }

    private static Network network(String name, Map<String, String> labels) {
        return new Network("id-" + name, name, "overlay", "swarm", false, false, Map.of(), List.of(), labels);
    }
}
