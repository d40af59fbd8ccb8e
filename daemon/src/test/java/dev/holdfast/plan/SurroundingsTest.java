package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.live.Content;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Network;
import dev.holdfast.report.PlanText;
import dev.holdfast.report.Style;
import dev.holdfast.spec.Specs;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Networks, secrets and configs.
class SurroundingsTest {

    private final SimulatedCluster world = SimulatedCluster.of(1)
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
        assertThat(SimulatedCluster.changes(plan)).hasSize(4).last().isEqualTo("create service web");
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
        assertThat(SimulatedCluster.changes(world.run())).hasSize(2).last().isEqualTo("update service web");
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
        world.swarm.secrets.add(new Content("x", "theirs", Map.of(), null));
        world.run();
        assertThat(world.swarm.secrets).extracting(Content::name).contains("theirs");
    }

    @Test
    void a_network_goes_in_the_run_in_which_nothing_needs_it_any_more() {
        world.run();
        world.file("holdfast.yaml", "secrets: {pw: {file: pw.txt}}\n").app("web", "");
        assertThat(SimulatedCluster.changes(world.run())).contains("update service web", "remove network back");
        assertThat(world.swarm.networks).isEmpty();
        assertThat(world.glance().changes()).isEmpty();
    }

    @Test
    void no_network_is_removed_while_a_file_is_broken() {
        world.run();
        world.file("holdfast.yaml", "secrets: {pw: {file: pw.txt}}\n")
                .app("web", "")
                .file("apps/x.yaml", "{{{");
        assertThat(SimulatedCluster.changes(world.run())).doesNotContain("remove network back");
    }

    @Test
    void what_is_external_must_be_there() {
        world.file("holdfast.yaml", """
            networks: {back: {external: true}}
            secrets: {pw: {external: true}}
            configs: {conf: {external: true}}
            """);
        assertThat(SimulatedCluster.holds(world.run()))
                .containsExactly("web config-missing", "web network-missing", "web secret-missing");
        world.swarm.networks.add(network("back", Map.of()));
        world.swarm.secrets.add(new Content("x", "pw", Map.of(), null));
        world.swarm.configs.add(new Content("y", "conf", Map.of(), null));
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
        assertThat(SimulatedCluster.warnings(world.file("holdfast.yaml", file).run()))
                .isEmpty();
        assertThat(SimulatedCluster.warnings(world.file("holdfast.yaml", file.replace("1400", "1500"))
                        .run()))
                .containsExactly("network-differs");
        assertThat(SimulatedCluster.warnings(world.file("holdfast.yaml", file.replace("encrypted: \"\", ", ""))
                        .run()))
                .containsExactly("network-differs");
    }

    @Test
    void a_network_that_holdfast_did_not_make_is_a_hold_and_one_that_differs_a_warning() {
        world.swarm.networks.add(network("back", Map.of()));
        assertThat(SimulatedCluster.holds(world.run())).containsExactly("web not-ours");
        world.swarm.networks.clear();
        world.run();
        world.file("holdfast.yaml", """
            networks: {back: {internal: true}}
            secrets: {pw: {file: pw.txt}}
            configs: {conf: {file: conf.txt}}
            """);
        assertThat(SimulatedCluster.warnings(world.run())).containsExactly("network-differs");
    }

    @Test
    void a_dropped_network_that_is_in_use_stays_and_its_users_are_told() {
        world.app("db", "networks: [back]\npersistent: {directories: [data:/data]}\n")
                .run();
        var theirs = Specs.object().put("Name", "theirs");
        theirs.putObject("TaskTemplate").putArray("Networks").addObject().put("Target", "back");
        world.swarm.create("theirs", theirs);
        world.file("holdfast.yaml", "secrets: {pw: {file: pw.txt}}\n")
                .app("web", "")
                .app("db", "persistent: {directories: [other:/data]}\n");
        var plan = world.run();
        assertThat(SimulatedCluster.holds(plan)).containsExactly("db gives-up-data");
        assertThat(SimulatedCluster.changes(plan)).doesNotContain("remove network back");
        assertThat(plan.warnings())
                .filteredOn(warning -> warning.code() == WarningCode.NETWORK_IN_USE)
                .singleElement()
                .extracting(Warning::message)
                .isEqualTo("network back is declared no more and stays, as it is used by app db, service theirs, which"
                        + " Holdfast does not manage; it is removed when nothing uses it any more");
        assertThat(PlanText.of(plan, Style.PLAIN)).contains("1 network still in use.");

        world.swarm.remove("theirs");
        world.app("db", "persistent: {directories: [data:/data]}\n");
        assertThat(SimulatedCluster.changes(world.run())).contains("remove network back");
    }

    @Test
    void a_network_that_could_not_be_removed_is_told_of_afterwards() {
        world.run();
        world.file("holdfast.yaml", "secrets: {pw: {file: pw.txt}}\n").app("web", "");
        var plan = world.plan();
        assertThat(SimulatedCluster.changes(plan)).contains("remove network back");
        assertThat(DroppedNetworks.leftBy(plan, world.swarm.live()))
                .singleElement()
                .extracting(Warning::message)
                .asString()
                .contains("used by app web");
        world.run();
        assertThat(DroppedNetworks.leftBy(plan, world.swarm.live())).isEmpty();
    }

    @Test
    void another_spelling_of_a_path_is_no_difference() {
        world.app("web", """
            working_dir: /srv
            configs: [{source: conf, target: /etc/conf}]
            tmpfs: [/tmp]
            host_paths: [/etc/hosts]
            persistent: {directories: [data:/data]}
            """);
        world.run();
        world.byHand("web", spec -> {
            var container = (ObjectNode) spec.at("/TaskTemplate/ContainerSpec");
            container.put("Dir", "/./srv//");
            ((ObjectNode) container.at("/Configs/0/File")).put("Name", "/etc//conf/");
            container.path("Mounts").forEach(mount -> {
                var node = (ObjectNode) mount;
                node.put("Target", "/." + mount.path("Target").asText() + "/");
                if (mount.path("Type").asText().equals("bind")) {
                    node.put("Source", "/" + mount.path("Source").asText() + "/");
                }
            });
        });
        assertThat(world.glance().changes()).isEmpty();
        assertThat(world.glance().holds()).isEmpty();
    }

    private static Network network(String name, Map<String, String> labels) {
        return new Network("id-" + name, name, "overlay", "swarm", false, false, Map.of(), List.of(), labels);
    }
}
