package dev.holdfast.apply;

import dev.holdfast.app.Hook;
import dev.holdfast.live.Live;
import dev.holdfast.live.Service;
import dev.holdfast.plan.Change;
import dev.holdfast.plan.Exchange;
import dev.holdfast.plan.HookRun;
import dev.holdfast.plan.Plan;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Which tasks before changes come before everything else, since their apps pass something on, and which right before
/// their own app.
final class HookOrder {

    private final Plan plan;
    private final List<Exchange> exchanges;
    private final Live live;

    HookOrder(Plan plan, List<Exchange> exchanges, Live live) {
        this.plan = plan;
        this.exchanges = exchanges;
        this.live = live;
    }

    /// All that run before a change.
    List<HookRun> before() {
        return of(Hook.When.BEFORE);
    }

    Optional<HookRun> before(String app) {
        return before().stream().filter(run -> run.app().equals(app)).findFirst();
    }

    /// All that run after one.
    List<HookRun> afterwards() {
        return of(Hook.When.AFTER);
    }

    Optional<HookRun> after(String app) {
        return afterwards().stream().filter(run -> run.app().equals(app)).findFirst();
    }

    /// Those of apps that pass on data or ports. They do not wait for the apps that theirs depends on: these may be
    /// among those that wait for them.
    List<HookRun> early() {
        return before().stream().filter(this::isEarly).toList();
    }

    private boolean isEarly(HookRun run) {
        return exchanges.stream().anyMatch(exchange -> exchange.has(run.app())) || givesPorts(run.app());
    }

    private boolean givesPorts(String app) {
        var given = new TreeSet<String>();
        live.service(app).map(Service::spec).ifPresent(spec -> given.addAll(Ports.of(spec)));
        for (var change : plan.changes()) {
            if (change instanceof Change.UpdateService update && update.app().equals(app)) {
                given.removeAll(Ports.of(update.spec()));
            }
        }
        return !Collections.disjoint(given, Ports.wanted(plan.changes()));
    }

    /// The early ones of an app itself.
    List<String> ofEarly(String app) {
        return names(early().stream().filter(run -> run.app().equals(app)).toList());
    }

    /// The early ones of all that an app exchanges data with, itself included.
    List<String> ofExchangeWith(String app) {
        return names(early().stream()
                .filter(run -> run.app().equals(app)
                        || exchanges.stream().anyMatch(exchange -> exchange.has(app) && exchange.has(run.app())))
                .toList());
    }

    List<String> of(Exchange exchange) {
        return names(early().stream().filter(run -> exchange.has(run.app())).toList());
    }

    private List<HookRun> of(Hook.When when) {
        return plan.hooks().runs().stream().filter(run -> run.when() == when).toList();
    }

    private static List<String> names(List<HookRun> runs) {
        return runs.stream().map(run -> new Act.RunHook(run).name()).toList();
    }
}
