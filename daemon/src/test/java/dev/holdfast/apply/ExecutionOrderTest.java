package dev.holdfast.apply;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.app.Hook;
import dev.holdfast.engine.EngineVersion;
import dev.holdfast.ledger.Ledger;
import dev.holdfast.live.Live;
import dev.holdfast.live.Service;
import dev.holdfast.plan.Change;
import dev.holdfast.plan.HookRun;
import dev.holdfast.plan.Plan;
import dev.holdfast.spec.Specs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// In which order each kind of plan runs, one line a step: `STEP < WHAT IT WAITS FOR`, and `needs` where it is left out
/// if that app has not converged.
class ExecutionOrderTest {

    private static final String LAST = "remove unused secrets and configs";

    private final List<Service> services = new ArrayList<>();
    private final List<Plan.Unfinished> unfinished = new ArrayList<>();
    private final List<HookRun> hooks = new ArrayList<>();

    @Test
    void an_empty_plan_only_clears_up() {
        assertThat(lines()).containsExactly(LAST);
    }

    @Test
    void what_services_need_is_there_before_them_and_goes_after_them() {
        assertThat(lines(
                        new Change.RemoveNetwork("old_net", "n1"),
                        create("web"),
                        new Change.CreateNetwork("shop_net", Specs.object()),
                        remove("gone"),
                        new Change.CreateContent(
                                Change.Kind.SECRET, "key-1", "key", new byte[0], Specs.object(), null)))
                .containsExactly(
                        "create network shop_net",
                        "create secret key-1 < create network shop_net",
                        "create web < create secret key-1",
                        "remove gone < create web",
                        "remove network old_net < remove gone",
                        LAST + " < remove network old_net");
    }

    @Test
    void what_runs_before_a_change_waits_for_what_its_app_depends_on_and_dependents_wait_for_what_runs_after() {
        hook("web", Hook.When.BEFORE);
        hook("web", Hook.When.AFTER);
        var changes = new Change[] {update("db"), update("web", "db"), update("proxy", "web")};
        assertThat(lines(changes))
                .containsExactly(
                        "update db",
                        "run before of web < update db needs db",
                        "update web < update db, run before of web needs db",
                        "run after of web < update web",
                        "update proxy < run after of web needs web",
                        "clear before of web < update db, run before of web, update web, run after of web, update"
                                + " proxy",
                        LAST + " < clear before of web");
        assertThat(done(Set.of("web"), changes))
                .doesNotContain("run after of web", "clear before of web", "update proxy");
    }

    @Test
    void what_runs_after_a_change_of_an_earlier_run_runs_alone_and_before_dependents() {
        hook("web", Hook.When.AFTER);
        assertThat(lines(update("proxy", "web")))
                .containsExactly(
                        "run after of web",
                        "update proxy < run after of web needs web",
                        LAST + " < run after of web, update proxy");
    }

    @Test
    void nothing_is_stopped_or_taken_before_all_has_run_that_runs_before_an_exchange() {
        hook("new", Hook.When.BEFORE);
        services.add(service("port", 80));
        hook("port", Hook.When.BEFORE);
        assertThat(lines(taker("new", "old"), giving("old"), update("port"), publishing(update("web"), 80)))
                .contains(
                        "run before of new",
                        "run before of port",
                        "stop old < run before of new",
                        "create new < free ports of port, run before of new, stop old",
                        "free ports of port < run before of port",
                        "update port < free ports of port, run before of port",
                        "update web < free ports of port, free ports of port")
                .anyMatch(line -> line.startsWith("put back new, old < ") && line.endsWith("run before of new"));
    }

    private void hook(String app, Hook.When when) {
        hooks.add(new HookRun(app, when, "h", "x", false, Specs.object(), Duration.ofMinutes(1)));
    }

    @Test
    void apps_that_have_nothing_to_do_with_one_another_run_side_by_side() {
        unfinished.add(new Plan.Unfinished("slow", "s-slow", "ROLLING", Duration.ofMinutes(5), "h"));
        assertThat(lines(create("a"), update("b"), scale("back", true)))
                .containsExactly(
                        "create a",
                        "update b",
                        "await slow",
                        "start back again",
                        LAST + " < create a, update b, await slow, start back again");
    }

    @Test
    void an_app_waits_for_those_that_it_depends_on_and_stands_behind_them() {
        unfinished.add(new Plan.Unfinished("queue", "s-queue", "ROLLING", Duration.ofMinutes(5), "h"));
        assertThat(lines(create("web", "api", "queue", "not-in-this-plan"), update("api", "db"), update("db")))
                .startsWith(
                        "update db",
                        "update api < update db needs db",
                        "await queue",
                        "create web < update api, await queue needs api, queue");
    }

    @Test
    void nodes_that_are_down_are_fenced_before_anything_is_written_to_another_service() {
        assertThat(lines(update("web"), scale("db", false), scale("cache", false)))
                .startsWith("fence db", "fence cache < fence db", "update web < fence cache");
    }

    @Test
    void a_rename_stops_the_old_app_first_and_removes_it_once_the_new_one_runs() {
        assertThat(lines(taker("new", "old"), giving("old")))
                .containsExactly(
                        "stop old",
                        "create new < stop old",
                        "put back new, old < stop old, create new",
                        "remove old < put back new, old",
                        LAST + " < remove old");
    }

    @Test
    void in_a_swap_both_are_stopped_before_either_starts() {
        assertThat(lines(swapping("a", "b"), swapping("b", "a")))
                .startsWith("stop a", "stop b", "update a < stop a, stop b", "update b < stop a, stop b");
    }

    @Test
    void who_is_stopped_to_give_and_gives_to_nobody_is_stopped_in_its_own_step() {
        assertThat(lines(swapping("a"))).startsWith("update a");
    }

    @Test
    void data_of_a_service_that_this_plan_does_not_touch_is_waited_for_too() {
        var order = order(taker("new", "elsewhere"));
        assertThat(order.steps().getFirst().act())
                .isInstanceOfSatisfying(
                        Act.Deploy.class,
                        deploy -> assertThat(deploy.unstopped()).containsExactly("s-elsewhere"));
    }

    @Test
    void a_port_is_given_up_before_anybody_gets_it_and_while_data_changes_hands() {
        services.add(service("old", 80, 81));
        services.add(service("b", 443));
        assertThat(lines(
                        publishing(update("b"), 80),
                        publishing(update("old"), 81, 443),
                        taker("new", "giver"),
                        giving("giver")))
                .startsWith(
                        "stop giver",
                        "free ports of b",
                        "free ports of old < free ports of b",
                        "update b < free ports of old",
                        "update old < free ports of old",
                        "create new < free ports of old, stop giver");
        assertThat(order(publishing(update("b"), 80), publishing(update("old"), 81, 443))
                        .steps())
                .extracting(ExecutionOrder.Step::act)
                .contains(
                        new Act.FreePorts("b", "s-b", Set.of("443/tcp")),
                        new Act.FreePorts("old", "s-old", Set.of("80/tcp")));
    }

    @Test
    void a_port_that_nobody_wants_stays_until_its_own_update() {
        services.add(service("old", 80));
        assertThat(lines(update("old"), create("new"))).startsWith("update old", "create new");
    }

    @Test
    void exchanges_that_have_nothing_in_common_are_put_back_one_by_one_and_before_any_removal() {
        assertThat(lines(taker("b", "a"), giving("a"), taker("d", "c"), giving("c"), remove("z")))
                .endsWith(
                        "put back a, b < stop a, stop c, create b, create d",
                        "put back c, d < put back a, b",
                        "remove a < put back c, d",
                        "remove c < remove a",
                        "remove z < remove c",
                        LAST + " < remove z");
    }

    @Test
    void where_an_app_fails_those_that_depend_on_it_are_left_out() {
        assertThat(done(Set.of("db"), create("db"), create("api", "db"), create("web", "api"), create("other")))
                .containsExactly("create db", "create web", "create other", LAST);
        assertThat(done(Set.of("db", "api"), create("db"), create("api", "db"), create("web", "api")))
                .containsExactly("create db", LAST);
    }

    @Test
    void an_exchange_is_put_back_only_where_a_taker_fails_and_then_its_giver_is_not_removed() {
        var changes = new Change[] {taker("new", "old"), giving("old"), create("other")};
        assertThat(done(Set.of(), changes))
                .containsExactly("stop old", "create new", "create other", "remove old", LAST);
        assertThat(done(Set.of("other"), changes))
                .doesNotContain("put back new, old")
                .contains("remove old");
        // Who is put back is held.
        assertThat(done(Set.of("new", "old"), changes))
                .contains("put back new, old")
                .doesNotContain("remove old");
    }

    @Test
    void each_step_stands_behind_all_that_it_waits_for_and_has_a_name_of_its_own() {
        var order = order(
                create("web", "api"),
                swapping("a", "b"),
                swapping("b", "a"),
                update("api", "a"),
                taker("new", "old"),
                giving("old"),
                scale("down", false),
                scale("up", true));
        var seen = new ArrayList<String>();
        for (var step : order.steps()) {
            assertThat(seen).containsAll(step.after()).containsAll(step.gone()).doesNotContain(step.name());
            seen.add(step.name());
        }
    }

    private List<String> done(Set<String> bad, Change... changes) {
        return order(changes).steps().stream()
                .filter(step -> step.isDue(bad::contains))
                .map(ExecutionOrder.Step::name)
                .toList();
    }

    private List<String> lines(Change... changes) {
        return order(changes).steps().stream().map(ExecutionOrderTest::line).toList();
    }

    private static String line(ExecutionOrder.Step step) {
        var first = new ArrayList<>(step.after());
        first.addAll(step.gone());
        return step.name()
                + (first.isEmpty() ? "" : " < " + String.join(", ", first))
                + (step.needs().isEmpty() ? "" : " needs " + String.join(", ", step.needs()));
    }

    private ExecutionOrder order(Change... changes) {
        var ledger = Ledger.empty("default", "");
        var plan = new Plan(
                "default",
                null,
                List.of(),
                List.of(changes),
                Set.of(),
                new Plan.Rollouts(unfinished, Set.of()),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                ledger,
                Plan.Runs.NONE,
                new Plan.Hooks(hooks, List.of()));
        var live = new Live(
                "swarm",
                new EngineVersion("28.5.2", "1.51"),
                List.of(),
                services,
                List.of(),
                List.of(),
                List.of(),
                List.of());
        return ExecutionOrder.of(plan, live);
    }

    private static Change create(String app, String... after) {
        return new Change.CreateService(
                app, Specs.object(), List.of(), Set.of(after), Set.of(), Duration.ofMinutes(5), "hash");
    }

    private static Change taker(String app, String giver) {
        return new Change.CreateService(
                app, Specs.object(), List.of(), Set.of(), ids(giver), Duration.ofMinutes(5), "hash");
    }

    private static Change.UpdateService update(String app, String... after) {
        return update(app, false, Set.of(after), Set.of());
    }

    private static Change swapping(String app, String... givers) {
        return update(app, true, Set.of(), ids(givers));
    }

    private static Change.UpdateService update(
            String app, boolean stopFirst, Set<String> after, Set<String> takesFrom) {
        return new Change.UpdateService(
                app,
                "s-" + app,
                Specs.object(),
                List.of(),
                true,
                stopFirst,
                null,
                List.of(),
                after,
                takesFrom,
                Duration.ofMinutes(5),
                "hash");
    }

    private static Change publishing(Change.UpdateService update, int... ports) {
        publish(update.spec(), ports);
        return update;
    }

    private static Change remove(String app) {
        return new Change.RemoveService(app, "s-" + app, false, List.of());
    }

    private static Change giving(String app) {
        return new Change.RemoveService(app, "s-" + app, true, List.of());
    }

    private static Change scale(String app, boolean starts) {
        return new Change.ScaleService(app, "s-" + app, Specs.object(), List.of(), starts);
    }

    private static Set<String> ids(String... apps) {
        return List.of(apps).stream().map(app -> "s-" + app).collect(Collectors.toSet());
    }

    private static Service service(String app, int... ports) {
        var json = Specs.object().put("ID", "s-" + app);
        publish(json.putObject("Spec").put("Name", app), ports);
        return Service.of(json);
    }

    private static void publish(ObjectNode spec, int... ports) {
        var all = spec.putObject("EndpointSpec").putArray("Ports");
        for (var port : ports) {
            all.addObject().put("Protocol", "tcp").put("PublishedPort", port);
        }
    }
}
