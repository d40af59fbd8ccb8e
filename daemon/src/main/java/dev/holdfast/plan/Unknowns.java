package dev.holdfast.plan;

import dev.holdfast.app.App;
import dev.holdfast.app.Desired;
import dev.holdfast.app.Desired.DeclaredApp;
import dev.holdfast.app.Persistent;
import dev.holdfast.app.Repository;
import dev.holdfast.plan.Warning.Otherwise;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What nobody can know of a change without the Swarm, and what hangs on it.
public final class Unknowns {

    private final Desired base;
    private final Desired head;
    private final Plan plan;
    private final Supposition supposition;
    private final List<Warning> found = new ArrayList<>();

    private Unknowns(Desired base, Desired head, Situation situation, Plan plan) {
        this.base = base;
        this.head = head;
        this.plan = plan;
        this.supposition = java.util.Objects.requireNonNull(situation.supposed());
    }

    /// @param plan from where `base` was applied to `head`
    public static List<Warning> of(Desired base, Desired head, Situation situation, Plan plan) {
        if (situation.formerCluster() != null) {
            return List.of();
        }
        var unknowns = new Unknowns(base, head, situation, plan);
        head.apps().stream().map(DeclaredApp::app).forEach(app -> unknowns.examine(app, situation));
        unknowns.together();
        return List.copyOf(unknowns.found);
    }

    private void examine(App app, Situation situation) {
        var before = declared(base, app.name()).orElse(null);
        var later = app.persistent();
        if (later != null) {
            node(app, later, before);
        }
        new NewConstraints(plan, app, before).warning(situation).ifPresent(found::add);
        externals(app);
        if (later != null && before != null && !before.image().equals(app.image())) {
            add(
                    app,
                    WarningCode.IMAGE_UNCHECKED,
                    "image " + app.image() + " is new: if neither its node nor a registry has it, apply will hold it",
                    Otherwise.heldIf("nobody has image " + app.image()));
        }
        if (base.broken().contains(app.name())) {
            add(
                    app,
                    WarningCode.BASE_BROKEN,
                    "its file has an error before this change, so what runs is not known and it looks new",
                    Otherwise.or("or an update of what runs"));
        }
        if (app.adopt() && (before == null || !before.adopt())) {
            add(
                    app,
                    WarningCode.ADOPTS,
                    "it takes over the service of that name, and the volumes and directories of its file, as they are."
                            + " What runs is not known offline: what differs from the file is changed, with a restart"
                            + " where the difference needs one",
                    Otherwise.or("what runs under that name is taken over, and restarts where it differs"));
        }
    }

    private void node(App app, Persistent later, @Nullable App before) {
        var earlier = before == null ? null : before.persistent();
        var from = later.leaveDataOn() == null ? later.node() : later.leaveDataOn();
        if (from != null && earlier != null && earlier.node() == null) {
            add(
                    app,
                    WarningCode.NODE_ASSUMED,
                    (later.leaveDataOn() == null ? "it is now fixed to " : "it now leaves data on ") + from
                            + ", and no file said where it runs: if its data is on another node, apply will hold it",
                    Otherwise.heldIf("its data is not on " + from));
        }
        var names = Stream.of(Optional.ofNullable(later.node()), Optional.ofNullable(later.leaveDataOn()))
                .flatMap(Optional::stream);
        names.filter(supposition::isNew).forEach(name -> {
            add(
                    app,
                    WarningCode.NODE_UNCHECKED,
                    "no file named a node \"" + name + "\" before" + supposition.hint(name)
                            + ": if the Swarm has none, apply will hold it",
                    Otherwise.heldIf("the Swarm has no node " + name));
        });
    }

    /// What is used already is there, or its app waits already.
    private void externals(App app) {
        var used = new TreeSet<String>();
        base.apps().forEach(declared -> used.addAll(externals(base.repository(), declared.app())));
        for (var external : externals(head.repository(), app)) {
            if (!used.contains(external)) {
                add(
                        app,
                        WarningCode.EXTERNAL_UNCHECKED,
                        external + " is external and no app had it before: it must be in the Swarm before this is"
                                + " applied, else apply will hold the app",
                        Otherwise.heldIf(external + " is not in the Swarm"));
            }
        }
    }

    private static TreeSet<String> externals(Repository repository, App app) {
        var names = new TreeSet<String>();
        app.secrets().forEach(secret -> content("secret", secret.source(), repository.secrets(), names));
        app.configs().forEach(config -> content("config", config.source(), repository.configs(), names));
        for (var key : app.networks().keySet()) {
            var network = repository.networks().get(key);
            var name = network == null || network.name() == null ? key : network.name();
            if (network != null && network.external() && !Repository.Network.PREDEFINED.contains(name)) {
                names.add("network " + name);
            }
        }
        return names;
    }

    private static void content(
            String word, String key, Map<String, Repository.ContentSource> declared, Collection<String> names) {
        var source = declared.get(key);
        if (source != null && source.external()) {
            names.add(word + " " + (source.name() == null ? key : source.name()));
        }
    }

    /// Who passes data on with one that may be held waits with it.
    private void together() {
        var may = found.stream()
                .filter(Warning::mayHold)
                .map(Warning::app)
                .collect(Collectors.toCollection(TreeSet::new));
        for (var exchange : Exchange.of(plan)) {
            var apps = exchange.changes().stream().map(Change::app).toList();
            var cause = apps.stream().filter(may::contains).findFirst();
            apps.stream().filter(app -> cause.isPresent() && !may.contains(app)).forEach(app -> {
                var other = cause.orElseThrow();
                found.add(new Warning(
                        app,
                        WarningCode.HELD_TOGETHER,
                        "it passes data on with " + other + ": if that is held, it is held too",
                        Otherwise.heldIf(other + " is, with which it passes data on")));
            });
        }
    }

    /// What would hold an app that is held anyway is said by its hold.
    private void add(App app, WarningCode code, String message, Otherwise depends) {
        if (plan.isHeld(app.name()) && depends.held()) {
            return;
        }
        found.add(new Warning(app.name(), code, message, depends));
    }

    private static Optional<App> declared(Desired desired, String app) {
        return desired.apps().stream()
                .map(DeclaredApp::app)
                .filter(declared -> declared.name().equals(app))
                .findFirst();
    }
}
