package dev.holdfast.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.app.App;
import dev.holdfast.app.Desired.DeclaredApp;
import dev.holdfast.data.ClaimsLabel;
import dev.holdfast.data.Possession;
import dev.holdfast.data.Source;
import dev.holdfast.ledger.Claim;
import dev.holdfast.live.Constraints;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Network;
import dev.holdfast.live.Node;
import dev.holdfast.live.Service;
import dev.holdfast.live.Task;
import dev.holdfast.plan.AppDraft.Verb;
import dev.holdfast.spec.FieldChange;
import dev.holdfast.spec.Names;
import dev.holdfast.spec.ScheduledSpec;
import dev.holdfast.spec.SpecBuilder;
import dev.holdfast.spec.SpecContext;
import dev.holdfast.spec.SpecDefaults;
import dev.holdfast.spec.SpecDiff;
import dev.holdfast.spec.SpecDifference;
import dev.holdfast.spec.StoppedLabel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes the draft of one app: whose service it is, where it is locked, what it shall be and how that differs.
final class AppDrafting {

    private final Situation situation;
    private final Networks networks;
    private final Contents contents;
    private final NodeChoosing nodeChoosing;
    private final ScheduledRuns runs;
    private final Map<String, String> networkNamesById;

    AppDrafting(
            Situation situation, Networks networks, Contents contents, NodeChoosing nodeChoosing, ScheduledRuns runs) {
        this.situation = situation;
        this.networks = networks;
        this.contents = contents;
        this.nodeChoosing = nodeChoosing;
        this.runs = runs;
        this.networkNamesById =
                situation.live().networks().stream().collect(Collectors.toMap(Network::id, Network::name, (a, b) -> a));
    }

    AppDraft draft(DeclaredApp declared) {
        return declared.breaches().isEmpty() ? draft(declared.app()) : breaking(declared);
    }

    /// Of a service of a stack file that breaks a rule of data: where it runs, and what it has, stays as it is.
    private AppDraft breaking(DeclaredApp declared) {
        var app = declared.app();
        var service = situation.live().service(app.name()).orElse(null);
        var had = service != null && service.belongsTo(situation.cluster())
                ? Possession.of(service, situation::isShared, situation.live())
                : null;
        var holds = declared.breaches().stream()
                .map(breach -> new Hold(app.name(), HoldCode.of(breach.kind()), breach.message(), breach.allow()))
                .toList();
        var draft = AppDraft.unbuilt(app, service, had, null, null, List.of(), holds, List.of(), List.of());
        return service == null || had == null ? draft : draft.waitingFor(whatWaits(app, service, had));
    }

    /// What of it would be changed if it were not held.
    private SpecDifference whatWaits(App app, Service service, Possession had) {
        var node = had.node() == null ? null : situation.live().node(had.node()).orElse(null);
        var claims = claims(app, node == null ? List.of() : List.of(node));
        var data = new SpecContext.Data(node == null ? null : node.id(), true, label(app, node, claims));
        var spec = SpecBuilder.build(app, context(app, data)).spec();
        return SpecDiff.compare(service, spec, names(service), app.ignoreDrift().contains("replicas"));
    }

    private AppDraft draft(App app) {
        var service = situation.live().service(app.name()).orElse(null);
        var holds = new ArrayList<Hold>();
        var warnings = new ArrayList<Warning>();
        Possession had = null;
        if (service != null) {
            ownership(app, service, holds, warnings);
            had = service.belongsTo(situation.cluster()) ? situation.possession(service) : foreign(app, service, holds);
        }
        holds.addAll(networks.missing(app));
        holds.addAll(contents.missing(app));
        var looks = new ArrayList<String>();
        Node node = null;
        List<Node> nodes = List.of();
        String was = null;
        switch (nodeChoosing.lock(app, had)) {
            case NodeChoice.Free free -> {}
            case NodeChoice.On(var chosen, var before) -> {
                node = chosen;
                was = before;
            }
            case NodeChoice.OnEach(var all) -> nodes = all;
            case NodeChoice.Undecided(var hold) -> holds.add(hold);
            case NodeChoice.AfterLook(var likely, var what, var before) -> {
                node = likely;
                was = before;
                looks.add(what);
            }
        }
        var claims = claims(app, node == null ? nodes : List.of(node));
        if (!holds.isEmpty()) {
            return AppDraft.unbuilt(app, service, had, node, was, claims, holds, warnings, looks);
        }
        return withSpec(app, service, had, node, was, claims, holds, warnings, looks);
    }

    /// The data of a service that is to be adopted is where its tasks run.
    private @Nullable Possession foreign(App app, Service service, List<Hold> holds) {
        if (!app.adopt() || service.label(Labels.CLUSTER).isPresent()) {
            return null;
        }
        var nodes = nodes(service);
        var had = Possession.of(service, situation::isShared, situation.live(), runsOn(service))
                .without(source -> isOfTheHost(app, source));
        if (nodes.size() > 1
                && !app.hasDataOnEachNode()
                && had.node() == null
                && !had.mounted().isEmpty()
                && !app.directories().isEmpty()) {
            holds.add(new Hold(
                    app.name(),
                    HoldCode.DATA_ON_SEVERAL_NODES,
                    "the service runs on more than one node, and each has data of its own",
                    DataOnSeveralNodes.allow(app, service)));
        }
        return had;
    }

    /// A stack file says of a path only that it is mounted: where it lies tells that it is no data.
    private static boolean isOfTheHost(App app, Source source) {
        return app.stack() != null
                && !source.isVolume()
                && app.hostPaths().stream().anyMatch(path -> path.source().equals(source.name()));
    }

    private List<String> nodes(Service service) {
        return situation.live().tasksOf(service.id()).stream()
                .filter(task -> task.mayRun() && !task.nodeId().isEmpty())
                .map(Task::nodeId)
                .distinct()
                .toList();
    }

    private @Nullable String runsOn(Service service) {
        var nodes = nodes(service);
        return nodes.size() == 1 ? nodes.getFirst() : null;
    }

    private void ownership(App app, Service service, List<Hold> holds, List<Warning> warnings) {
        service.label(Labels.PAUSE)
                .ifPresent(reason -> holds.add(new Hold(
                        app.name(),
                        HoldCode.PAUSED,
                        "somebody paused it" + (reason.isEmpty() ? "" : ": " + reason),
                        "docker service update --label-rm " + Labels.PAUSE + " " + app.name())));
        var owner = service.label(Labels.CLUSTER);
        if (owner.isPresent() && !owner.get().equals(situation.cluster())) {
            holds.add(new Hold(
                    app.name(),
                    HoldCode.NOT_OURS,
                    "the service belongs to another Holdfast repository, cluster \"" + owner.get() + "\"",
                    "give the app another name, or remove it there first"));
        } else if (owner.isEmpty() && !app.adopt()) {
            holds.add(new Hold(
                    app.name(),
                    HoldCode.NOT_OURS,
                    "a service of this name is there, and Holdfast did not create it",
                    "adopt: true"));
        } else if (owner.isEmpty()) {
            warnings.add(new Warning(
                    app.name(),
                    WarningCode.ADOPTS,
                    "it takes over the service that is there, and what that mounts, and changes only what differs from"
                            + " its file"));
        } else if (app.adopt()
                && situation.supposed() == null
                && (app.stack() == null || !app.stack().adopt())) {
            warnings.add(new Warning(
                    app.name(), WarningCode.ADOPT_DONE, "it has been adopted: remove the line adopt: true"));
        }
    }

    private List<Claim> claims(App app, List<Node> nodes) {
        var claims = new ArrayList<Claim>();
        for (var node : nodes) {
            app.claimed(situation::isShared).forEach(directory -> claims.add(NodeChoosing.claim(app, directory, node)));
        }
        return List.copyOf(claims);
    }

    private AppDraft withSpec(
            App app,
            @Nullable Service service,
            @Nullable Possession had,
            @Nullable Node node,
            @Nullable String was,
            List<Claim> claims,
            List<Hold> holds,
            List<Warning> warnings,
            List<String> looks) {
        var persistent = app.isPersistent(situation::isShared);
        var label = label(app, node, claims);
        var data = new SpecContext.Data(node == null ? null : node.id(), persistent, label);
        var built = SpecBuilder.build(app, context(app, data));
        built.notSupported().forEach(text -> warnings.add(new Warning(app.name(), WarningCode.NOT_SUPPORTED, text)));
        WantedImage.warning(app, service, situation).ifPresent(warnings::add);
        var spec = built.spec();
        ScheduledSpec.since(spec, situation.now());
        if (service == null) {
            return whereNodeIsReady(new AppDraft(
                    app,
                    null,
                    had,
                    node,
                    was,
                    claims,
                    Verb.CREATE,
                    spec,
                    null,
                    true,
                    !claims.isEmpty() && app.instances() > 0,
                    holds,
                    warnings,
                    looks,
                    failure(app, spec)));
        }
        var difference = SpecDiff.compare(
                service, spec, names(service), app.ignoreDrift().contains("replicas"));
        if (difference.needsRecreate()) {
            holds.add(new Hold(
                    app.name(),
                    HoldCode.MODE_CHANGES,
                    "Swarm cannot change the mode of a service that is there",
                    "remove the app in one commit and add it again in the next; its data stays"));
        }
        if (had != null && had.wasMovedByHand() && SpecDiff.touchesData(difference)) {
            var hosts = new NodeNames(situation);
            if (!HandChange.isMeant(app, had, node == null ? null : node.id(), runsOn(service), hosts)) {
                var victims = HandChange.victims(had, situation);
                warnings.addAll(victims);
                holds.add(
                        victims.isEmpty()
                                ? HandChange.hold(app, had, runsOn(service), hosts)
                                : HandChange.contested(app, had, victims));
            }
        }
        if (difference.isEmpty() && isTriedAgain(app, service)) {
            difference = again(difference, service);
        }
        if (!difference.isEmpty() && service.isScheduled()) {
            ScheduledSpec.tell(difference.toSend(), runs.runs(service));
        }
        if (!difference.isEmpty() && runs.isGoing(service)) {
            holds.add(goesOn(app, "a run of it goes on, which a change would end", app.name()));
        }
        var verb = difference.fields().isEmpty() ? Verb.NOTHING : Verb.UPDATE;
        var comesBack = (service.replicas() == 0 || StoppedLabel.is(service))
                && app.instances() > 0
                && !difference.fields().isEmpty();
        var isWell = verb == Verb.NOTHING && isWell(service) && !Hooks.hasFailedAfter(situation, verb, service, spec);
        var failed = isWell ? null : failure(app, spec);
        if (failed == null && !difference.fields().isEmpty()) {
            WantedImage.moved(app, service, situation).ifPresent(warnings::add);
        }
        var starts = !claims.isEmpty()
                && ((difference.restarts() || comesBack) && app.instances() > 0 || runs.starts(app, service));
        return whereNodeIsReady(new AppDraft(
                app,
                service,
                had,
                node,
                was,
                claims,
                verb,
                spec,
                difference,
                difference.restarts(),
                starts,
                holds,
                warnings,
                looks,
                failed));
    }

    private String label(App app, @Nullable Node node, List<Claim> claims) {
        var tied = app.claimed(situation::isShared);
        if (app.hasDataOnEachNode() && !tied.isEmpty()) {
            return ClaimsLabel.onEachNode(tied);
        }
        return claims.isEmpty() ? "" : ClaimsLabel.write(app.name(), node == null ? null : node.id(), claims);
    }

    private SpecContext context(App app, SpecContext.Data data) {
        return new SpecContext(
                situation.cluster(),
                situation.commit(),
                WantedImage.of(app, situation),
                situation.live().version(),
                data,
                new SpecContext.ObjectNames(networks.names(), contents.secretNames(), contents.configNames()),
                situation.repository().volumes(),
                SpecDefaults.of(app));
    }

    private boolean isTriedAgain(App app, Service service) {
        return situation.choices().retry().contains(app.name())
                && situation.ledger().failures().containsKey(app.name())
                && !isWell(service);
    }

    /// The same spec once more, as `docker service update --force` does it.
    private static SpecDifference again(SpecDifference same, Service service) {
        var spec = (ObjectNode) service.wholeSpec().deepCopy();
        var template = (ObjectNode) spec.path("TaskTemplate");
        template.put("ForceUpdate", template.path("ForceUpdate").asLong() + 1);
        return new SpecDifference(
                List.of(new FieldChange("retry", null, "asked for", true)), true, false, same.needsRecreate(), spec);
    }

    /// A locked app whose node cannot run it waits there.
    private static AppDraft whereNodeIsReady(AppDraft draft) {
        var node = draft.node();
        if (node == null || node.isUsable() || draft.verb() == Verb.NOTHING && node.isReady()) {
            return draft;
        }
        var state =
                "node " + node.hostname() + " is " + (node.isReady() ? "set to " + node.availability() : node.state());
        var there = draft.had() == null || node.id().equals(draft.had().node());
        return draft.heldFor(
                there
                        ? new Hold(
                                draft.app().name(),
                                HoldCode.STRANDED,
                                "its " + state + ": it waits there and is moved nowhere else",
                                "")
                        : new Hold(draft.app().name(), HoldCode.NODE_NOT_READY, "it would move, but " + state, ""));
    }

    private Plan.@Nullable Failed failure(App app, ObjectNode spec) {
        var failure = situation.ledger().failures().get(app.name());
        return failure == null
                        || situation.choices().retry().contains(app.name())
                        || !failure.spec().equals(AppDraft.hash(app, spec))
                ? null
                : new Plan.Failed(app.name(), failure.error(), failure.since());
    }

    /// What is live around the service: the names of networks, and whether its nodes satisfy a constraint anyway.
    private Names names(Service service) {
        if (situation.supposed() != null) {
            return supposed(service);
        }
        var nodes = situation.live().tasksOf(service.id()).stream()
                .filter(task -> task.mayRun() && !task.nodeId().isEmpty())
                .map(task -> situation.live().node(task.nodeId()).orElse(null))
                .toList();
        return new Names(
                networkNamesById,
                constraint -> nodes.stream()
                        .allMatch(node -> node != null && Constraints.satisfied(List.of(constraint), node)));
    }

    /// A locked app whose node does not satisfy a new constraint is held: so it goes on, or waits. Of others nobody
    /// knows.
    private Names supposed(Service service) {
        var node = service.lockedNode();
        return new Names(
                networkNamesById,
                constraint -> node.isPresent()
                        && (!constraint.startsWith("node.id==") || constraint.equals("node.id==" + node.get())));
    }

    private boolean isWell(Service service) {
        return new RolloutsReader(situation).isWell(service);
    }

    /// Nothing is lost by waiting: whatever it is, it is done after the run.
    static Hold goesOn(App app, String why, String scheduled) {
        return new Hold(
                app.name(),
                HoldCode.RUN_GOES_ON,
                why + "; it is done once that run is over",
                "docker service scale " + scheduled + "=0   # stops the run");
    }
}
