package dev.holdfast.run;

import dev.holdfast.app.Desired;
import dev.holdfast.app.Repository;
import dev.holdfast.apply.Progress;
import dev.holdfast.data.CommitLookup;
import dev.holdfast.data.Orphans;
import dev.holdfast.engine.Engine;
import dev.holdfast.git.ConfigRepository;
import dev.holdfast.ledger.Claim;
import dev.holdfast.ledger.Ledger;
import dev.holdfast.ledger.LedgerStore;
import dev.holdfast.live.Live;
import dev.holdfast.plan.Plan;
import dev.holdfast.plan.Warning;
import dev.holdfast.plan.WarningCode;
import dev.holdfast.survey.Survey;
import dev.holdfast.survey.SurveyJob;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What is known of the nodes' disks: looks at them, and tells what is orphaned there.
final class DiskLook {

    private final Engine engine;

    DiskLook(Engine engine) {
        this.engine = engine;
    }

    /// @param images to look for
    Survey look(Desired desired, Ledger ledger, Live live, Set<String> images, boolean sizes, Progress progress)
            throws InterruptedException {
        progress.step("looking at the nodes' disks");
        var settings = desired.repository().survey();
        var request = new SurveyJob.Request(
                settings.image(), settings.socket(), paths(desired, ledger), images, sizes, SurveyJob.Request.DEADLINE);
        return new SurveyJob(engine, ledger.cluster()).look(request, live);
    }

    /// Removes what a look that was killed has left in the Swarm.
    void sweep(Live live, String cluster) {
        new SurveyJob(engine, cluster).sweep(live);
    }

    /// All host paths that a file or the ledger names, those included that volumes bind.
    private static TreeSet<String> paths(Desired desired, Ledger ledger) {
        var paths = new TreeSet<String>();
        for (var declared : desired.apps()) {
            declared.app().directories().stream()
                    .map(directory -> directory.host())
                    .filter(host -> host != null)
                    .forEach(paths::add);
        }
        for (var declared : desired.apps()) {
            declared.app().scratch().stream()
                    .map(scratch -> scratch.host())
                    .filter(host -> host != null)
                    .forEach(paths::add);
        }
        desired.repository().volumes().values().stream()
                .map(volume -> Repository.Volume.boundTo(volume.driver(), volume.driverOpts()))
                .filter(path -> path != null)
                .forEach(paths::add);
        ledger.claims().stream()
                .filter(claim -> claim.kind() == Claim.Kind.BIND)
                .map(Claim::name)
                .forEach(paths::add);
        return paths;
    }

    Reconciler.Orphaned orphans(Picture picture, Plan plan, Survey survey, boolean all, ConfigRepository repository) {
        var ledger = plan.ledger();
        var owned = ledger.claims().stream()
                .filter(claim -> claim.givenUp() == null)
                .map(Claim::key)
                .collect(Collectors.toSet());
        var found = new Orphans(
                ledger,
                owned,
                ledger.claims().isEmpty() && !all ? List.of() : new LedgerStore(engine).others(ledger.cluster()),
                picture.places(survey),
                picture.live());
        var orphans = new ArrayList<>(found.known(commit ->
                repository.commitInfo(commit).map(info -> new CommitLookup.About(info.author(), info.subject()))));
        if (all) {
            orphans.addAll(found.unowned());
        }
        var ignoring = picture.desired().repository().orphans();
        var told = orphans.stream()
                .filter(orphan -> !ignoring.ignores(orphan.claim().name()))
                .toList();
        return new Reconciler.Orphaned(told, orphans.size() - told.size(), aboutOrphans(plan.warnings()));
    }

    private static List<Warning> aboutOrphans(List<Warning> warnings) {
        return warnings.stream()
                .filter(warning ->
                        warning.code() == WarningCode.LEDGER_LOST || warning.code() == WarningCode.SURVEY_INCOMPLETE)
                .toList();
    }
}
