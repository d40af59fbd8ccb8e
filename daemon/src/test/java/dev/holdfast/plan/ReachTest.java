package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.report.DataText;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Names and places that a plan takes away while an app still says them.
class ReachTest {

    private static final String BACK = "networks: [back]\n";

    private final SimulatedCluster world = SimulatedCluster.of(1);

    @BeforeEach
    void networks() {
        world.file("holdfast.yaml", "networks: {back: {}, front: {}}\nconfigs: {conf: {file: files/conf}}\n");
        world.file("files/conf", "upstream x { server db:5432; }");
    }

    private List<String> told() {
        return world.glance().warnings().stream()
                .filter(warning -> warning.code() != WarningCode.LOOKS_FIRST)
                .map(warning -> warning.app() + " " + warning.code() + ": " + warning.message())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "environment: {DB_HOST: db}",
                "environment: {DATABASE_URL: 'postgres://app:hunter2@db:5432/app?x=y'}",
                "environment: {BROKERS: 'one:9092,db:9092'}",
                "environment: {SERVERS: 'one, db'}",
                "environment: {DSN: 'user:pw@tcp(db:3306)/x'}",
                "environment: {DSN: 'host=db port=5432'}",
                "environment: {H: tasks.db}",
                "command: [wait-for, 'db:5432']",
                "command: [psql, -h, db]",
                "command: [sh, -c, 'pg_dump -h db -U x; wget http://db/']",
                "entrypoint: [run, '--db-host=db']",
                "labels: {proxy.to: 'http://db:80'}",
                "deploy: {labels: {proxy.to: 'http://db:80'}}",
                "healthcheck: {test: [CMD, wget, 'http://db:80/']}",
                "configs: [conf]",
                "depends_on: [db]",
            })
    void an_app_that_leaves_the_network_of_one_that_it_names(String names) {
        world.app("db", BACK).app("web", BACK + names + "\n").run();
        world.app("web", "networks: [front]\n" + names + "\n");
        assertThat(told())
                .singleElement()
                .asString()
                .startsWith("web out-of-reach: its ")
                .endsWith("db, and the two share no network any more (it was back)")
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "environment: {URL: 'https://db.example.com/db', NAME: mydb, PATH_TO: /srv/db, X: 'db-1:80'}",
                "environment: {X: 'the db is there', IMAGE: 'registry:5000/db:5', Y: 'mail@db', Z: '10.0.0.1:5432'}",
                "command: [sh, -c, 'cat db; echo db']",
                "labels: {a: 'a.db:80', b: 'db:tcp'}",
                "user: db",
            })
    void words_that_are_no_hosts_are_no_reason(String names) {
        world.app("db", BACK).app("web", BACK + names + "\n").run();
        world.app("web", "networks: [front]\n" + names + "\n");
        assertThat(told()).isEmpty();
    }

    @Test
    void nothing_is_told_where_both_still_share_a_network_or_never_did() {
        world.app("db", "networks: [back, front]\n")
                .app("web", "networks: [back, front]\nenvironment: {H: db}\n")
                .app("far", "environment: {H: db}\n")
                .run();
        world.app("web", "networks: [front]\nenvironment: {H: db}\n").app("far", BACK + "environment: {H: web}\n");
        assertThat(told()).isEmpty();
    }

    @Test
    void the_one_that_is_named_may_leave_too_or_be_removed_or_renamed_or_lose_its_alias() {
        world.app("db", BACK)
                .app("cache", "networks: {back: {aliases: [redis]}}\n")
                .app("mail", BACK)
                .app("web", BACK + "environment: {A: db, B: 'redis:6379', C: mail}\n")
                .run();
        world.app("db", "networks: [front]\n").app("cache", BACK).without("mail");
        assertThat(told())
                .containsExactly(
                        "web out-of-reach: its environment.A names db, and the two share no network any more"
                                + " (it was back)",
                        "web out-of-reach: its environment.C names mail, and mail is removed",
                        "web out-of-reach: its environment.B names redis, which was cache, and nothing in its networks"
                                + " has that name any more");
    }

    @Test
    void an_app_whose_data_goes_to_another_still_names_its_place() {
        var writes = "command: [sh, -c, 'date >/data/now']\n";
        world.app("wiki", writes + "persistent: {directories: ['pages:/data', 'rest:/rest']}\n")
                .run();
        world.app("wiki", writes + "persistent: {directories: ['rest:/rest']}\n")
                .db("blog", "pages", "");
        assertThat(told())
                .containsExactly("wiki target-named: its command names /data, where it had volume pages, which goes to"
                        + " blog: what is written there from now on is lost with its container");
        world.app("wiki", writes + "persistent: {directories: ['rest:/data']}\n");
        assertThat(told()).noneMatch(warning -> warning.contains("target-named"));
        world.app("wiki", "command: [ls, /database]\npersistent: {directories: ['rest:/rest']}\n");
        assertThat(told()).isEmpty();
    }

    @Test
    void so_does_one_that_leaves_its_data_behind() {
        world.app("wiki", "environment: {ROOT: /data}\npersistent: {directories: ['pages:/data']}\n")
                .run();
        world.app("wiki", "environment: {ROOT: /data}\npersistent: {leave: [pages]}\n");
        assertThat(told())
                .containsExactly("wiki target-named: its environment.ROOT names /data, where it had volume pages, which"
                        + " stays behind: what is written there from now on is lost with its container");
        world.app("wiki", "environment: {labels.file: /data}\npersistent: {leave: [pages]}\n");
        assertThat(told()).singleElement().asString().contains("its environment.labels.file names /data");
        world.app("wiki", "labels: {root: /data}\npersistent: {leave: [pages]}\n");
        assertThat(told()).isEmpty();
    }

    @Test
    void a_hold_says_what_the_app_starts_with_once_data_may_stay_behind() {
        world.db("db", "data", "node: w1").run();
        world.db("db", "other", "node: w1");
        assertThat(world.glance().holds())
                .flatExtracting(hold -> DataText.of(hold.then()))
                .containsExactly("db starts with volume other on w1, new and empty unless one is there");
        world.app("db", "");
        assertThat(world.glance().holds())
                .flatExtracting(hold -> DataText.of(hold.then()))
                .containsExactly(
                        "db has nothing at /data: what it writes there is lost with its container",
                        "db is locked to no node any more");
    }

    @Test
    void what_a_held_app_goes_on_with_is_no_orphan_when_another_that_has_it_is_removed() {
        world.db("wiki", "pages", "")
                .app("reader", "persistent: {directories: ['pages:/p:ro']}\n")
                .run();
        world.db("wiki", "other", "").without("reader");
        var plan = world.glance();
        assertThat(SimulatedCluster.holds(plan)).containsExactly("wiki gives-up-data");
        assertThat(DataText.of(plan.data())).isEmpty();
    }
}
