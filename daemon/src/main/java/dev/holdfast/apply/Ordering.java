package dev.holdfast.apply;

import dev.holdfast.apply.ExecutionOrder.Step;
import dev.holdfast.live.Live;
import dev.holdfast.live.Service;
import dev.holdfast.plan.Change;
import dev.holdfast.plan.Exchange;
import dev.holdfast.plan.Plan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Puts the changes of one plan in order.
final class Ordering {

    private final Plan plan;
    private final Live live;
    private final List<Exchange> exchanges;
    private final HookOrder hooks;
    private final List<Step> steps = new ArrayList<>();

    /// The step that stops a service, by the service's ID.
    private final Map<String, String> stops = new HashMap<>();

    /// Ports that may not be given up after all, by the step.
    private final Map<String, Set<String>> freed = new LinkedHashMap<>();

    /// What an app converges in, by its name.
    private final Map<String, Act> rollouts = new LinkedHashMap<>();

    /// How many steps come before those of which some run side by side.
    private int begun;

    /// What the next step waits for.
    private List<String> before = List.of();

    Ordering(Plan plan, Live live) {
        this.plan = plan;
        this.live = live;
        this.exchanges = Exchange.of(plan);
        this.hooks = new HookOrder(plan, exchanges, live);
    }

    /// Everything is there before a service needs it, and goes once no service does. Data changes hands in
    /// between: whoever gives some is stopped and seen gone, all at once since a swap is a circle; and nothing is
    /// removed before it is known whether all takers run.
    ExecutionOrder order() {
        createSurroundings();
        fence();
        begun = steps.size();
        runHooksOfExchanges();
        stopGivers();
        freePorts();
        rollOut();
        exchanges.forEach(exchange -> next(new Act.PutBack(exchange), hooks.of(exchange)));
        plan.runs().writes().forEach(write -> next(new Act.Run(write)));
        remove();
        return new ExecutionOrder(List.copyOf(steps));
    }

    /// What comes next waits for it.
    private void next(Act act) {
        next(act, List.of());
    }

    /// @param gone steps without which it is left out
    private void next(Act act, List<String> gone) {
        beside(act, gone);
        before = List.of(act.name());
    }

    /// Side by side with what waits for the same.
    private void beside(Act act, List<String> gone) {
        steps.add(new Step(act, before, gone, List.of()));
    }

    private void createSurroundings() {
        for (var change : plan.changes()) {
            if (change instanceof Change.CreateNetwork || change instanceof Change.CreateContent) {
                next(new Act.Create(change));
            }
        }
    }

    /// At once, since the node may be back at any moment.
    private void fence() {
        for (var change : plan.changes()) {
            if (change instanceof Change.ScaleService scale && !scale.starts()) {
                next(new Act.Fence(scale));
            }
        }
    }

    /// Whoever passes on data or ports has nothing taken from it before all the tasks have ended well that come
    /// before these changes: so none of it must be put back.
    private void runHooksOfExchanges() {
        hooks.early().forEach(run -> beside(new Act.RunHook(run), List.of()));
    }

    private void stopGivers() {
        var givers = plan.changes().stream()
                .flatMap(change -> change.takesFrom().stream())
                .collect(Collectors.toSet());
        for (var change : plan.changes()) {
            switch (change) {
                case Change.RemoveService remove when remove.stopFirst() -> stop(remove, remove.id());
                case Change.UpdateService update
                when update.stopFirst() && givers.contains(update.id()) -> stop(update, update.id());
                default -> {
                    // Gives nothing to anybody.
                }
            }
        }
    }

    private void stop(Change.ServiceChange change, String id) {
        var stop = new Act.Stop(change, id);
        beside(stop, hooks.ofExchangeWith(change.app()));
        stops.put(id, stop.name());
    }

    /// Swarm refuses a port that a service still has, and two apps may swap theirs.
    private void freePorts() {
        var wanted = Ports.wanted(plan.changes());
        if (wanted.isEmpty()) {
            return;
        }
        for (var change : plan.changes()) {
            switch (change) {
                case Change.RemoveService remove
                when !remove.stopFirst() -> freePorts(remove.app(), remove.id(), Set.of(), wanted);
                case Change.UpdateService update ->
                    freePorts(update.app(), update.id(), Ports.of(update.spec()), wanted);
                default -> {
                    // Keeps its ports.
                }
            }
        }
    }

    private void freePorts(String app, String id, Set<String> kept, Set<String> wanted) {
        var given = new TreeSet<String>();
        live.services().stream()
                .filter(service -> service.id().equals(id))
                .map(Service::spec)
                .forEach(spec -> given.addAll(Ports.of(spec)));
        given.removeAll(kept);
        given.retainAll(wanted);
        if (!given.isEmpty()) {
            var free = new Act.FreePorts(app, id, given);
            next(free, hooks.ofEarly(app));
            if (!hooks.ofEarly(app).isEmpty()) {
                freed.put(free.name(), given);
            }
        }
    }

    /// All apps at once, each as soon as those that it depends on have converged and those that it takes data from
    /// are gone.
    private void rollOut() {
        for (var change : plan.changes()) {
            switch (change) {
                case Change.CreateService create -> rollouts.put(create.app(), deploy(create));
                case Change.UpdateService update -> rollouts.put(update.app(), deploy(update));
                default -> {
                    // Not rolled out.
                }
            }
        }
        plan.rollouts().unfinished().forEach(each -> rollouts.put(each.app(), new Act.Await(each)));
        hooks.afterwards().forEach(run -> rollouts.putIfAbsent(run.app(), new Act.RunHook(run)));
        var placed = new LinkedHashMap<String, List<Step>>();
        rollouts.keySet().forEach(app -> place(app, placed));
        placed.values().forEach(steps::addAll);
        for (var change : plan.changes()) {
            if (change instanceof Change.ScaleService scale && scale.starts()) {
                beside(new Act.StartAgain(scale), List.of());
            }
        }
        if (steps.size() > begun) {
            before = steps.subList(begun, steps.size()).stream().map(Step::name).toList();
        }
    }

    private Act.Deploy deploy(Change.ServiceChange change) {
        var unstopped = new TreeSet<>(change.takesFrom());
        unstopped.removeAll(stops.keySet());
        return new Act.Deploy(change, unstopped);
    }

    /// An app comes behind those that it depends on.
    private void place(String app, Map<String, List<Step>> placed) {
        var act = Objects.requireNonNull(rollouts.get(app));
        if (placed.containsKey(app)) {
            return;
        }
        if (!(act instanceof Act.Deploy deploy)) {
            placed.put(app, withHooks(new Step(act, before, List.of(), List.of())));
            return;
        }
        var needs = deploy.change().after().stream()
                .filter(rollouts::containsKey)
                .sorted()
                .toList();
        needs.forEach(neighbour -> place(neighbour, placed));
        var after = new ArrayList<>(before);
        needs.forEach(neighbour -> after.add(
                Objects.requireNonNull(placed.get(neighbour)).getLast().name()));
        placed.put(app, withHooks(new Step(act, List.copyOf(after), stopsBefore(deploy.change()), needs)));
    }

    /// The step in which an app converges, between the tasks that run before and after it.
    private List<Step> withHooks(Step step) {
        var app = step.act().app();
        var all = new ArrayList<Step>();
        var gone = new ArrayList<>(hooks.ofExchangeWith(app));
        hooks.before(app).map(Act.RunHook::new).ifPresent(hook -> {
            if (!gone.contains(hook.name())) {
                all.add(new Step(hook, step.after(), List.of(), step.needs()));
                gone.add(hook.name());
            }
        });
        gone.addAll(step.gone());
        all.add(new Step(step.act(), step.after(), List.copyOf(gone), step.needs()));
        hooks.after(app)
                .map(Act.RunHook::new)
                .filter(hook -> !hook.equals(step.act()))
                .ifPresent(hook -> all.add(new Step(hook, List.of(step.name()), List.of(), List.of())));
        return all;
    }

    /// Those of whom it takes data or ports from; and its own, which would else stop what has just been started.
    private List<String> stopsBefore(Change.ServiceChange change) {
        var ids = new TreeSet<>(change.takesFrom());
        if (change instanceof Change.UpdateService update) {
            ids.add(update.id());
        }
        var names = ids.stream()
                .filter(stops::containsKey)
                .map(id -> Objects.requireNonNull(stops.get(id)))
                .collect(Collectors.toCollection(TreeSet::new));
        var ports = Ports.wanted(List.of(change));
        freed.forEach((step, given) -> {
            if (!Collections.disjoint(given, ports)) {
                names.add(step);
            }
        });
        return List.copyOf(names);
    }

    private void remove() {
        for (var change : plan.changes()) {
            if (change instanceof Change.RemoveService remove) {
                next(new Act.Remove(remove));
            }
        }
        plan.hooks().left().forEach(left -> next(new Act.ClearLeft(left)));
        hooks.before().forEach(run -> next(new Act.ClearHook(run)));
        for (var change : plan.changes()) {
            if (change instanceof Change.RemoveNetwork network) {
                next(new Act.RemoveNetwork(network));
            }
        }
        next(new Act.RemoveContents());
    }
}
