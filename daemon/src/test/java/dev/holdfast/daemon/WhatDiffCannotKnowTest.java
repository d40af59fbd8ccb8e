package dev.holdfast.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.report.DataText;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A comparison without a Swarm says what it knows as a fact and what it does not know as open: in the headline, in the
/// row of the app and in the text.
class WhatDiffCannotKnowTest {

    private static final String HOLDFAST = """
        cluster: production
        networks: { back: {} }
        volumes:
          nas: { driver_opts: { type: nfs, o: "addr=10.0.0.1,password=hunter2", device: ":/a" } }
          files: { shared: true, driver_opts: { type: nfs, o: addr=10.0.0.1, device: ":/b" } }
        """;

    @TempDir
    private Path folder;

    private ReviewedRepository repository;

    @BeforeEach
    void base() {
        repository = new ReviewedRepository(folder)
                .file("holdfast.yaml", HOLDFAST)
                .app("db", "networks: [back]\npersistent: { node: node1, directories: ['db-data:/data'] }\n")
                .app("store", "persistent: { node: node2, directories: ['nas:/data'] }\n")
                .app("backup", """
                    persistent:
                      node: node1
                      directories: ["backup-data:/out", "db-data:/in:ro"]
                    """)
                .app("blog", "persistent: { directories: ['blog-data:/data'] }\n")
                .app(
                        "web",
                        "networks: [back]\npersistent: { directories: ['files:/files'] }\ndeploy: { replicas: 3 }\n")
                .applied();
    }

    @Test
    void other_options_of_a_volume_are_a_hold_with_two_ways_on() {
        var read = repository
                .file("holdfast.yaml", HOLDFAST.replace("10.0.0.1,password=hunter2", "10.0.0.2,password=hunter3"))
                .read();
        assertThat(read.headline()).isEqualTo("**no changes, 4 unchanged, 1 held**");
        assertThat(read.row("store")).contains("| held | go on |");
        assertThat(read.holds())
                .startsWith("store volume-differs: volume nas on node2 has another driver or other options")
                .contains("volumes: { nas-2: { driver: local, driver_opts:", "addr=10.0.0.2")
                .contains("persistent: { directories: [\"nas-2:/data\"], leave: [nas] }")
                .contains("volumes: { nas: { driver: local, driver_opts:", "addr=10.0.0.1");
        assertThat(read.text() + read.markdown() + read.json()).doesNotContain("hunter");
    }

    @Test
    void other_options_of_a_shared_volume_hold_nothing_and_do_not_reach_nodes_that_have_it() {
        var read = repository
                .file("holdfast.yaml", HOLDFAST.replace("o: addr=10.0.0.1", "o: addr=10.0.0.2"))
                .read();
        assertThat(read.holds()).isEmpty();
        assertThat(read.markdown()).contains("`web` (`volume-differs`): shared volume files", "keeps what it has");
    }

    @Test
    void a_renamed_cluster_is_told_once_with_the_way_back() {
        var read = repository
                .file("holdfast.yaml", HOLDFAST.replace("production", "prod"))
                .app("new", "networks: [back]\n")
                .read();
        assertThat(read.markdown())
                .containsOnlyOnce("this commit renames the cluster from")
                .contains("`backup`, `blog`, `db`, `new`, `store`, `web` (`cluster-renamed`)")
                .contains("cluster: production")
                .doesNotContain("not-ours", "remove it there first");
        assertThat(read.text()).containsOnlyOnce("this commit renames the cluster from");
        assertThat(read.headline()).isEqualTo("**no changes, 0 unchanged, 6 held**");
    }

    @Test
    void a_node_that_no_file_named_before_may_be_a_slip() {
        var read = repository
                .app("store", "persistent: { node: nodee1, directories: ['nas:/data'] }\n")
                .read();
        assertThat(read.holds())
                .contains("store moves-data", "No file named a node \"nodee1\" before (did you mean \"node1\"?")
                .contains("persistent: { node: node1 }   # or, if there is such a node:");
        assertThat(read.row("store")).contains("| held |");
    }

    @Test
    void a_node_of_another_number_is_no_slip_but_nobody_knows_it_either() {
        var read = repository
                .app("shop", "persistent: { node: node3, directories: ['shop-data:/data'] }\n")
                .read();
        assertThat(read.row("shop")).contains("| create | start; held if the Swarm has no node node3 |");
        assertThat(read.headline())
                .isEqualTo("**up to 1 to create, 0 to update, 0 to remove, 5 unchanged; not sure for 1 app, see its"
                        + " row**");
        assertThat(read.markdown()).contains("Files name node1, node2").doesNotContain("did you mean");
        assertThat(read.json()).contains("\"depends\" : \"held if the Swarm has no node node3\"");
        assertThat(read.text())
                .contains("+ create shop: shop:1; shop-data at /data; on node3\n"
                        + "      ? held if the Swarm has no node node3");
    }

    @Test
    void leave_data_on_another_node_than_the_data_is_on_allows_nothing_and_that_is_said() {
        var read = repository
                .app("store", "persistent: { node: node1, leave_data_on: node3, directories: ['nas:/data'] }\n")
                .read();
        assertThat(read.holds()).contains("leave_data_on names node3, where none of it is");
    }

    @Test
    void a_reader_leaves_nothing_and_the_orphan_is_one() {
        var read = repository
                .app(
                        "db",
                        "networks: [back]\npersistent: { node: node1, leave: [db-data], directories: ['new:/data'] }\n")
                .app("backup", "persistent: { node: node1, directories: ['backup-data:/out', 'new:/in:ro'] }\n")
                .read();
        assertThat(read.holds()).isEmpty();
        assertThat(read.difference().plan().orphans())
                .extracting(
                        orphan -> orphan.claim().name() + " " + orphan.claim().hostname())
                .containsExactly("db-data node1");
    }

    @Test
    void a_reader_that_no_file_fixes_is_where_its_writer_is() {
        for (var pin : new String[] {"", "node: node1, "}) {
            var base = new ReviewedRepository(folder.resolve("pin" + pin.length()))
                    .app("archive", "persistent: { directories: ['archive-data:/out', 'db-data:/in:ro'] }\n")
                    .app("db", "persistent: { " + pin + "directories: ['db-data:/data'] }\n")
                    .app("reader", "persistent: { directories: ['db-data:/in:ro'] }\n")
                    .applied();
            var read = base.app("archive", "persistent: { directories: ['archive-data:/out'] }\n")
                    .app("db", "persistent: { " + pin + "leave: [db-data], directories: ['other:/data'] }\n")
                    .app("reader", "persistent: { directories: ['other:/in:ro'] }\n")
                    .read();
            assertThat(read.holds()).as(pin).isEmpty();
            assertThat(read.difference().plan().orphans()).as(pin).hasSize(1);
        }
    }

    @Test
    void what_is_adopted_is_not_created() {
        var read = repository
                .app(
                        "old_db",
                        "adopt: true\npersistent: { node: node1, directories: ['old_data:/data', '/srv/x:/x'] }\n")
                .read();
        assertThat(read.row("old_db"))
                .contains("| adopt | ", "what runs under that name is taken over, and restarts where it differs");
        assertThat(read.headline()).contains("0 to create", "up to 1 to adopt");
        assertThat(DataText.of(read.difference().plan().data()))
                .contains("old_db takes volume old_data on node1 over as it is, if there is one; else it starts with a"
                        + " new, empty one");
    }

    @Test
    void adopt_in_the_file_of_an_app_that_was_held_is_not_done_yet() {
        var read = repository
                .app(
                        "db",
                        "adopt: true\nnetworks: [back]\npersistent: { node: node1, directories: ['db-data:/data'] }\n")
                .read();
        assertThat(read.row("db")).contains("| unchanged | go on; what runs under that name is taken over");
        assertThat(read.markdown()).doesNotContain("adopt-done");
    }

    @Test
    void what_is_external_must_be_there_before() {
        var read = repository
                .file("holdfast.yaml", HOLDFAST.replace("networks: { back: {} }", """
                    networks: { back: {}, edge: { external: true, name: traefik_edge }, host: { external: true } }
                    secrets: { key: { external: true, name: web_key } }
                    configs: { site: { external: true } }\
                    """))
                .app("web", """
                    networks: [back, edge]
                    secrets: [key]
                    configs: [site]
                    persistent: { directories: ['files:/files'] }
                    deploy: { replicas: 3 }
                    """)
                .app("probe", "networks: [host]\n")
                .read();
        assertThat(read.row("web"))
                .contains("restart", "held if config site is not in the Swarm")
                .contains("held if secret web\\_key is not in", "held if network traefik\\_edge is not in");
        assertThat(read.row("probe")).contains("| create | start |");
        assertThat(read.markdown()).contains("it must be in the Swarm before this is applied");
    }

    @Test
    void a_constraint_for_all_is_known_of_none() {
        var read = repository
                .file(
                        "holdfast.yaml",
                        HOLDFAST + "defaults: { deploy: { placement: { constraints: [node.labels.disk == ssd] } } }\n")
                .read();
        assertThat(read.row("db"))
                .contains("| update | go on; held if its node does not satisfy node.labels.disk == ssd |");
        assertThat(read.row("web"))
                .contains(
                        "| update | restart 3",
                        "; only instances whose node does not satisfy node.labels.disk == ssd |");
        assertThat(read.headline())
                .isEqualTo("**0 to create, up to 5 to update, 0 to remove, 0 unchanged; not sure for 5 apps, see their"
                        + " rows**");
        assertThat(read.text()).contains("? held if its node does not satisfy node.labels.disk == ssd");
    }

    @Test
    void a_constraint_on_the_name_of_a_named_node_is_known() {
        var constraint = "deploy: { placement: { constraints: [node.hostname != node2] } }\n";
        var read = repository
                .app(
                        "db",
                        constraint + "networks: [back]\npersistent: { node: node1, directories: ['db-data:/data'] }\n")
                .app("store", constraint + "persistent: { node: node2, directories: ['nas:/data'] }\n")
                .read();
        assertThat(read.row("db")).contains("| update | go on |");
        assertThat(read.holds()).startsWith("store node-unfit");
    }

    @Test
    void a_node_that_is_only_now_fixed_may_be_another_than_where_it_runs() {
        var read = repository
                .app("blog", "persistent: { node: node2, directories: ['blog-data:/data'] }\n")
                .read();
        assertThat(read.row("blog")).contains("| unchanged | go on; held if its data is not on node2 |");
        assertThat(read.headline()).startsWith("**no changes, up to 5 unchanged; not sure for 1 app");
    }

    @Test
    void who_passes_data_on_with_one_that_may_be_held_may_be_held_too() {
        var read = repository
                .app("blog", "persistent: { node: node2, directories: ['nas:/data'] }\n")
                .app("store", "persistent: { node: node2, directories: ['blog-data:/data'] }\n")
                .read();
        assertThat(read.row("blog")).contains("held if its data is not on node2");
        assertThat(read.row("store")).contains("held if blog is, with which it passes data on");
        assertThat(read.headline()).contains("up to 2 to update", "not sure for 2 apps");
    }
}
