package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.plan.Replacement.Failing;
import dev.holdfast.plan.Replacement.Way;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a plan tells of instances: whether there is a moment without one, and what becomes of a version that fails.
class ReplacementTest {

    private static Replacement of(SimulatedCluster world, String app) {
        return Objects.requireNonNull(Replacement.of(world.glance()).get(app));
    }

    /// @param deploy of a running app whose environment changes
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        {}                                                                     | NEW_FIRST | -1 | 1 | ROLLBACK | 10s
        {replicas: 3}                                                          | NEW_FIRST | -1 | 1 | ROLLBACK | 10s
        {replicas: 3, update_config: {parallelism: 2, monitor: 30s}}           | NEW_FIRST | -1 | 2 | ROLLBACK | 30s
        {replicas: 3, update_config: {order: stop-first}}                      | OLD_FIRST | 2  | 1 | ROLLBACK | 10s
        {replicas: 3, update_config: {order: stop-first, parallelism: 2}}      | OLD_FIRST | 1  | 2 | ROLLBACK | 10s
        {replicas: 3, update_config: {order: stop-first, parallelism: 0}}      | OLD_FIRST | 0  | 0 | ROLLBACK | 10s
        {replicas: 3, update_config: {order: stop-first, parallelism: 9}}      | OLD_FIRST | 0  | 0 | ROLLBACK | 10s
        {update_config: {order: stop-first, failure_action: pause}}            | OLD_FIRST | 0  | 0 | PAUSE    | 10s
        {update_config: {failure_action: continue}}                            | NEW_FIRST | -1 | 1 | CONTINUE | 10s
        {mode: global}                                                         | NEW_FIRST | -1 | 1 | ROLLBACK | 10s
        {mode: global, update_config: {order: stop-first}}                     | OLD_FIRST | 0  | 1 | ROLLBACK | 10s
        """)
    void an_app_without_data(String deploy, Way way, int least, int atATime, Failing failing, String watched) {
        var world = SimulatedCluster.of(2).app("web", "deploy: " + deploy + "\n");
        world.run();
        world.app("web", "environment: {A: b}\ndeploy: " + deploy + "\n");
        var told = of(world, "web");
        assertThat(told.way()).isEqualTo(way);
        assertThat(told.least()).isEqualTo(least);
        assertThat(told.hasGap()).isEqualTo(least == 0);
        assertThat(told.failing()).isEqualTo(failing);
        assertThat(told.watched()).isEqualTo(watched);
        assertThat(told.because()).containsExactly("environment.A");
        assertThat(told.atATime()).isEqualTo(told.before() == 1 ? told.atATime() : atATime);
    }

    @Test
    void a_port_of_the_host_is_given_free_first() {
        var ports = "ports: [{target: 80, published: 80, mode: host}]\n";
        var world = SimulatedCluster.of(1).app("web", ports);
        world.run();
        assertThat(of(world.app("web", ports + "environment: {A: b}\n"), "web").hasGap())
                .isTrue();
    }

    @Test
    void where_data_is_hangs_on_a_look_only_where_there_are_several_nodes() {
        assertThat(SimulatedCluster.of(1).db("db", "data", "").glance().depends("db"))
                .isEmpty();
        assertThat(SimulatedCluster.of(2).db("db", "data", "").glance().depends("db"))
                .containsExactly("on another node if its data is there, held if it is on several");
    }

    @Test
    void an_app_with_data_stays_down() {
        var world = SimulatedCluster.of(1).db("db", "data", "");
        world.run();
        world.app("db", "user: '7'\npersistent: {directories: ['data:/data']}\n");
        var told = of(world, "db");
        assertThat(told.way()).isEqualTo(Way.STOP_THEN_START);
        assertThat(told.hasGap()).isTrue();
        assertThat(told.failing()).isEqualTo(Failing.STAYS_DOWN);
    }

    @Test
    void what_runs_no_instance_restarts_none() {
        var world = SimulatedCluster.of(1).app("web", "deploy: {replicas: 0}\n");
        world.run();
        var told = of(world.app("web", "user: '7'\ndeploy: {replicas: 0}\n"), "web");
        assertThat(told.way()).isEqualTo(Way.GO_ON);
        assertThat(told.failing()).isEqualTo(Failing.NOTHING);
        assertThat(of(world.app("web", "user: '7'\ndeploy: {replicas: 2}\n"), "web"))
                .extracting(Replacement::way, Replacement::after)
                .containsExactly(Way.START, 2);
    }

    /// Its end is no failure of an update, in whichever key it is called a one-shot.
    @ParameterizedTest
    @ValueSource(strings = {"restart: 'no'\n", "deploy: {restart_policy: {condition: none}}\n"})
    void a_one_shot_runs_again_and_is_not_rolled_back(String policy) {
        var world = SimulatedCluster.of(1).app("once", policy);
        world.run();
        world.app("once", policy + "command: [again]\n");
        assertThat(of(world, "once"))
                .extracting(Replacement::way, Replacement::failing, Replacement::watched, Replacement::hasGap)
                .containsExactly(Way.RUN_AGAIN, Failing.STAYS_DOWN, null, false);
        var update = (Change.UpdateService) world.glance().changes().getFirst();
        assertThat(update.spec().at("/UpdateConfig/FailureAction").asText()).isEqualTo("continue");
    }

    /// Its instances move nowhere: they stop where they may not run, and start where they may.
    @Test
    void a_global_app_follows_its_constraints() {
        var constrained = "deploy: {mode: global, placement: {constraints: [node.hostname == w1]}}\n";
        var world = SimulatedCluster.of(2).app("agent", "deploy: {mode: global}\n");
        world.run();
        assertThat(of(world.app("agent", constrained), "agent"))
                .extracting(Replacement::way, Replacement::failing)
                .containsExactly(Way.FOLLOW_NODES, Failing.NOTHING);
        assertThat(of(world.app("agent", "user: '7'\n" + constrained), "agent").way())
                .isEqualTo(Way.NEW_FIRST);
        world.app("agent", constrained);
        world.run();
        assertThat(of(world.app("agent", "deploy: {mode: global}\n"), "agent").way())
                .isEqualTo(Way.FOLLOW_NODES);
    }

    @Test
    void who_depends_on_an_app_that_fails_is_held() {
        var world = SimulatedCluster.of(1)
                .app("db", "")
                .app("api", "depends_on: [db]\n")
                .app("web", "depends_on: [api]\n")
                .app("other", "depends_on: [db]\n");
        world.run();
        world.app("db", "user: '7'\n")
                .app("api", "user: '7'\ndepends_on: [db]\n")
                .app("web", "user: '7'\ndepends_on: [api]\n");
        assertThat(Dependents.of(world.glance(), "db")).containsExactly("api", "web");
        assertThat(Dependents.of(world.glance(), "web")).isEmpty();
    }

    @Test
    void only_fields_that_restart_are_the_reason() {
        var world = SimulatedCluster.of(1).app("one", "").app("two", "");
        world.run();
        world.app("one", "deploy: {labels: {a: b}}\nlabels: {a: b}\n").app("two", "deploy: {labels: {a: b}}\n");
        assertThat(of(world, "one").because()).containsExactly("labels.a");
        assertThat(of(world, "two").way()).isEqualTo(Way.GO_ON);
    }

    @Test
    void where_data_changes_hands_all_get_it_back() {
        var world = SimulatedCluster.of(1).db("wiki", "pages", "");
        world.run();
        world.without("wiki").db("blog", "pages", "");
        var told = Replacement.of(world.glance());
        assertThat(told.get("blog"))
                .extracting(Replacement::failing, Replacement::with)
                .containsExactly(Failing.STOPPED, List.of("wiki"));
        assertThat(told.get("wiki"))
                .extracting(Replacement::failing, Replacement::putBackIf)
                .containsExactly(Failing.NOTHING, List.of("blog"));
    }

    @Test
    void who_only_gives_fails_alone_and_is_put_back_if_the_taker_fails() {
        var both = "persistent: {directories: ['one:/one', 'two:/two']}\n";
        var world = SimulatedCluster.of(1).app("wiki", both);
        world.run();
        world.app("wiki", both.replace(", 'two:/two'", "")).db("blog", "two", "");
        assertThat(of(world, "wiki"))
                .extracting(Replacement::failing, Replacement::putBackIf)
                .containsExactly(Failing.STAYS_DOWN, List.of("blog"));
    }

    @Test
    void what_is_new_is_told_in_full() {
        var world = SimulatedCluster.of(1)
                .file("holdfast.yaml", "networks: {front: {name: edge}}\n")
                .app("web", """
                    networks: [front]
                    ports: ["8080:80", {target: 53, published: 53, protocol: udp, mode: host}]
                    deploy: {placement: {constraints: [node.role == worker]}}
                    persistent: {directories: ["web-data:/data"]}
                    host_paths: [/etc/hosts:/h]
                    """);
        var create = world.glance().changes().stream()
                .filter(Change.CreateService.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertThat(Created.of((Change.CreateService) create))
                .isEqualTo(new Created(
                        "web:1",
                        1,
                        false,
                        List.of("53→53/udp (host)", "8080→80/tcp"),
                        List.of("edge"),
                        List.of("web-data at /data", "host path /etc/hosts at /h (read-only)"),
                        List.of("w1", "node.role==worker"),
                        List.of()));
    }
}
