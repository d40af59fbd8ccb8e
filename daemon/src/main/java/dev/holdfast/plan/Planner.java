package dev.holdfast.plan;

import dev.holdfast.app.App;
import dev.holdfast.app.Desired.DeclaredApp;
import dev.holdfast.data.Holders;
import dev.holdfast.ledger.Claim;
import dev.holdfast.live.Service;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Compares what the repository says with what the Swarm is, and says what to do about it.
///
/// In order: a draft for each app on its own; who must be removed; what the data rules and the hand-over of data hold;
/// then the changes.
public final class Planner {

    private final Situation situation;
    private final Networks networks;
    private final Contents contents;
    private final Map<String, AppDraft> drafts = new LinkedHashMap<>();
    private final List<Warning> warnings = new ArrayList<>();
    private final List<Hold> holds = new ArrayList<>();
    private final Map<String, List<DataNote>> found = new HashMap<>();
    private final ScheduledRuns runs;
    private Set<String> held = Set.of();

    private Planner(Situation given) {
        var situation = HostFiles.told(given);
        this.situation = situation.with(
                NextLedger.grownBack(situation.ledger(), situation.live(), situation.cluster(), situation::isShared));
        this.runs = new ScheduledRuns(this.situation);
        this.networks = new Networks(this.situation);
        this.contents = new Contents(this.situation);
    }

    /// A repository that cannot be read, or is empty, changes nothing.
    public static Plan plan(Situation situation) {
        if (!situation.desired().usable()) {
            return nothing(situation, List.of());
        }
        if (situation.formerCluster() != null) {
            return nothing(situation, Renamed.holds(situation, situation.formerCluster()));
        }
        return new Planner(situation).plan();
    }

    private static Plan nothing(Situation situation, List<Hold> holds) {
        return Plan.nothing(situation.cluster(), situation.commit(), holds, situation.ledger());
    }

    private Plan plan() {
        var holders = situation.holders();
        draftAll(holders);
        holdDependents();
        var removals = new Removals(situation);
        var settled = settle(removals, holders);
        tellWhatWaits();
        warnings.addAll(0, settled.doubts());
        warnings.addAll(networks.differences());
        warnings.addAll(Undeclared.warnings(situation));
        warnings.addAll(LostLedger.warnings(situation));
        warnings.addAll(AdoptedStacks.warnings(situation));
        warnings.addAll(RunWarnings.of(situation, runs));

        var left = new TreeSet<>(held);
        drafts.values().stream()
                .filter(draft -> draft.failed() != null)
                .forEach(draft -> left.add(draft.app().name()));
        var startingAgain = new StartingAgain(situation, holders, left);
        warnings.addAll(startingAgain.looks());
        var made = settled.made();
        var apps = settled.apps();
        var gone = settled.gone();
        var touched = touched(apps);
        var changes = new ArrayList<Change>(networks.creations(touched));
        changes.addAll(contents.creations(touched));
        changes.addAll(Fencing.of(situation, held));
        changes.addAll(startingAgain.changes());
        changes.addAll(apps);
        changes.addAll(gone);
        var hooks = new Hooks(situation, held).of(drafts.values(), apps);
        var staying = untouched(apps, gone, hooks);
        var dropped = new DroppedNetworks(situation, networks, staying);
        var all = drafts.values().stream().map(AppDraft::app).toList();
        changes.addAll(dropped.removals(all, networks));
        warnings.addAll(dropped.inUse());
        changes.addAll(contents.removals(all));
        warnings.addAll(made.warnings());
        warnings.addAll(contents.takenNow(goingOn()));
        // What is held brings nothing.
        warnings.removeIf(warning -> warning.code() == WarningCode.WRITES_HOST && isHeld(warning.app()));
        warnings.addAll(new Reach(situation, drafts, changes).warnings());
        var rollouts = new RolloutsReader(situation).of(drafts.values(), held);
        return new Plan(
                situation.cluster(),
                situation.commit(),
                made.data(),
                List.copyOf(changes),
                unchanged(apps, rollouts),
                rollouts,
                List.copyOf(warnings),
                List.copyOf(holds),
                drafts.values().stream()
                        .map(AppDraft::failed)
                        .filter(f -> f != null)
                        .toList(),
                List.of(),
                List.of(),
                new NextLedger(situation, contents, drafts, held).after(apps),
                runs(changes),
                hooks);
    }

    /// Runs of apps that nothing else is done to, nor to whoever has the same data: those wait for the next plan.
    private Plan.Runs runs(List<Change> changes) {
        var touched = changes.stream().map(Change::app).collect(Collectors.toSet());
        var keys = drafts.values().stream()
                .filter(draft -> touched.contains(draft.app().name()))
                .flatMap(draft -> draft.claims().stream())
                .map(Claim::key)
                .collect(Collectors.toSet());
        var writes = new ArrayList<RunWrite>();
        for (var draft : drafts.values()) {
            var service = draft.service();
            if (service == null || !service.belongsTo(situation.cluster())) {
                continue;
            }
            var waits = isHeld(draft.app().name())
                    || draft.failed() != null
                    || draft.verb() != AppDraft.Verb.NOTHING
                    || touched.stream().anyMatch(draft.app().startsAfter()::contains)
                    || draft.claims().stream().map(Claim::key).anyMatch(keys::contains)
                    || !draft.looks().isEmpty()
                    || draft.node() != null && !draft.node().isUsable();
            runs.next(draft.app(), service)
                    .filter(write -> !waits || write.step() != RunWrite.Step.START)
                    .filter(_ -> !touched.contains(draft.app().name()))
                    .ifPresent(writes::add);
        }
        return new Plan.Runs(List.copyOf(writes), runs.wake().orElse(null));
    }

    /// @param doubts what will not start, or perhaps not, and nothing is stopped for it
    private record Settled(ServiceChanges made, List<Change> apps, List<Change> gone, List<Warning> doubts) {}

    /// Who is held, and what is done to all others. What would be stopped for a task that cannot start is held too,
    /// and then all is settled anew: others may wait for its data, or get its place.
    private Settled settle(Removals removals, Holders holders) {
        while (true) {
            var handover = hold(removals, holders);
            var made = new ServiceChanges(situation, drafts, handover, held);
            var apps = made.ofApps(found);
            var gone = made.ofRemovals(removals);
            var doubts = new Doubts(
                    situation, Stream.concat(apps.stream(), gone.stream()).toList());
            if (doubts.holds().isEmpty()) {
                return new Settled(made, apps, gone, doubts.warnings());
            }
            doubts.holds().forEach(hold -> drafts.computeIfPresent(hold.app(), (_, draft) -> draft.heldFor(hold)));
        }
    }

    private Handover hold(Removals removals, Holders holders) {
        holds.clear();
        var renamed = new Handover(situation, runs, holders, drafts, removals.candidates(), Set.of()).renamed();
        var heldRemovals = removals.holds(renamed);
        var handover = new Handover(situation, runs, holders, drafts, removals.candidates(), apps(heldRemovals));
        holds.addAll(heldRemovals);
        handover.settle().values().forEach(holds::addAll);
        drafts.values().forEach(draft -> holds.addAll(draft.holds()));
        situation.desired().broken().forEach(app -> holds.add(broken(app)));
        holds.sort(Comparator.comparing(Hold::app)
                .thenComparing(hold -> hold.code().word()));
        held = apps(holds);
        return handover;
    }

    private static Set<String> apps(List<Hold> holds) {
        return holds.stream().map(Hold::app).collect(Collectors.toSet());
    }

    /// The first hold of an app says what of it is not changed meanwhile, its new image too.
    private void tellWhatWaits() {
        var told = new HashSet<String>();
        holds.replaceAll(hold -> {
            var draft = drafts.get(hold.app());
            if (draft == null) {
                return hold;
            }
            var first = told.add(hold.app());
            var difference = first ? draft.difference() : null;
            var whole = difference == null ? hold : hold.with(difference.fields());
            return StackWords.of(draft.app(), first ? afterwards(whole, draft) : whole);
        });
    }

    /// With what the app starts once its file allows that data stays behind.
    private Hold afterwards(Hold hold, AppDraft draft) {
        if (!GivingUpData.CODES.contains(hold.code())) {
            return hold;
        }
        var then = new ArrayList<>(found.getOrDefault(draft.app().name(), List.of()));
        var app = draft.app().name();
        for (var key : draft.givenUp()) {
            LostTargets.bare(draft, key).forEach(target -> then.add(new DataNote.NothingIsAt(app, target)));
        }
        if (draft.claims().isEmpty()) {
            then.add(new DataNote.IsLockedNoMore(app));
        }
        return hold.followedBy(then);
    }

    private static Hold broken(String app) {
        return new Hold(app, HoldCode.FILES_BROKEN, "its file has an error, so it stays as it is", "fix the file");
    }

    /// Apps that own data come first: apps that write or only read the same follow them to their node.
    private void draftAll(Holders holders) {
        var nodeChoosing = new NodeChoosing(situation);
        var drafting = new AppDrafting(situation, networks, contents, nodeChoosing, runs);
        var rules = new DataRules(situation);
        var others = new OtherMounts(situation, holders);
        situation.desired().apps().stream()
                .sorted(Comparator.comparing((DeclaredApp each) -> !each.app().isPersistent(situation::isShared))
                        .thenComparing(each -> !each.app().owners().isEmpty()
                                || !each.app().isReaderOf().isEmpty())
                        .thenComparing(each -> each.app().name()))
                .forEach(each -> drafts.put(each.app().name(), examined(drafting.draft(each), rules, others)));
    }

    /// What depends on a failed app waits for it, in later runs as in the one in which it failed.
    private void holdDependents() {
        boolean more;
        do {
            more = false;
            for (var draft : List.copyOf(drafts.values())) {
                var cause = draft.app().startsAfter().stream()
                        .filter(this::isFailing)
                        .findFirst();
                var acts = draft.verb() == AppDraft.Verb.CREATE || draft.verb() == AppDraft.Verb.UPDATE;
                if (acts && !draft.isHeld() && draft.failed() == null && cause.isPresent()) {
                    var name = draft.app().name();
                    var hold = new Hold(
                            name,
                            HoldCode.DEPENDS_ON_FAILED,
                            "it depends on " + cause.get() + ", which has not converged",
                            "fix " + cause.get());
                    drafts.put(name, draft.heldFor(hold));
                    more = true;
                }
            }
        } while (more);
    }

    private boolean isFailing(String app) {
        var draft = drafts.get(app);
        return draft != null
                && (draft.failed() != null
                        || draft.holds().stream().anyMatch(hold -> hold.code() == HoldCode.DEPENDS_ON_FAILED));
    }

    private AppDraft examined(AppDraft draft, DataRules rules, OtherMounts others) {
        warnings.addAll(draft.warnings());
        if (draft.isHeld() || draft.failed() != null) {
            return draft;
        }
        var finding = draft.starts() || draft.takes() ? rules.examine(draft) : new DataRules.Finding();
        others.examine(draft, finding);
        warnings.addAll(finding.warnings());
        warnings.addAll(rules.shared(draft));
        found.put(draft.app().name(), finding.data());
        var looks = new TreeSet<>(draft.looks());
        looks.addAll(finding.looks());
        if (!looks.isEmpty()) {
            warnings.add(new Warning(
                    draft.app().name(),
                    WarningCode.LOOKS_FIRST,
                    "apply will first look at " + String.join(", ", looks),
                    draft.looks().isEmpty() ? null : afterTheLook(draft)));
        }
        return draft.with(finding.holds(), looks);
    }

    /// Where only the look tells on which node its data is; nothing where there is no other.
    private Warning.@Nullable Otherwise afterTheLook(AppDraft draft) {
        if (draft.was() != null) {
            return Warning.Otherwise.heldIf("its data is not found there again");
        }
        return situation.live().nodes().size() < 2
                ? null
                : Warning.Otherwise.or("on another node if its data is there, held if it is on several");
    }

    private List<App> goingOn() {
        return drafts.values().stream()
                .map(AppDraft::app)
                .filter(app -> !isHeld(app.name()))
                .toList();
    }

    private List<App> touched(List<Change> changes) {
        var names = changes.stream().map(Change::app).collect(Collectors.toSet());
        return drafts.values().stream()
                .map(AppDraft::app)
                .filter(app -> names.contains(app.name()) && !isHeld(app.name()))
                .toList();
    }

    private List<Service> untouched(List<Change> apps, List<Change> gone, Plan.Hooks hooks) {
        var names = new HashSet<String>();
        apps.forEach(change -> names.add(change.name()));
        gone.forEach(change -> names.add(change.name()));
        hooks.left().forEach(left -> names.add(left.service()));
        return situation.live().services().stream()
                .filter(service -> !names.contains(service.name()))
                .toList();
    }

    private Set<String> unchanged(List<Change> changes, Plan.Rollouts rollouts) {
        var changed = changes.stream().map(Change::app).collect(Collectors.toSet());
        return drafts.values().stream()
                .filter(draft -> !changed.contains(draft.app().name())
                        && !isHeld(draft.app().name())
                        && !rollouts.isUnfinished(draft.app().name())
                        && draft.failed() == null)
                .map(draft -> draft.app().name())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean isHeld(String app) {
        return held.contains(app);
    }
}
