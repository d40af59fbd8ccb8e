package dev.holdfast.run;

import dev.holdfast.app.ReadOptions;
import dev.holdfast.data.CommitLookup;
import dev.holdfast.data.Orphans;
import dev.holdfast.engine.Engine;
import dev.holdfast.git.ConfigRepository;
import dev.holdfast.ledger.Claim;
import dev.holdfast.ledger.LedgerStore;
import dev.holdfast.plan.Plan;
import dev.holdfast.plan.Situation;
import dev.holdfast.plan.Warning;
import dev.holdfast.plan.WarningCode;
import dev.holdfast.survey.Survey;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Finds the data that no app owns any more, for the report of a plan or for itself.
final class OrphanSearch {

    private final Engine engine;
    private final ConfigRepository repository;
    private final ReadOptions reading;

    OrphanSearch(Engine engine, ConfigRepository repository, ReadOptions reading) {
        this.engine = engine;
        this.repository = repository;
        this.reading = reading;
    }

    /// The plan, with the orphans that there are and with what the last look shows.
    Plan with(Picture picture, Plan plan, Survey survey) {
        return withFindings(picture, plan, survey)
                .withOrphans(of(picture, plan, survey, false).orphans());
    }

    /// The same with those that the plan itself would make.
    ///
    /// @param situation that it was made from
    Plan withThoseToCome(Picture picture, Situation situation, Plan plan) {
        var then = OrphansToCome.of(
                situation, plan, repository, reading, picture.checkout().commit());
        var orphans = of(picture.with(then.live(), then.ledger()), plan.withLedger(then.ledger()), Survey.NONE, false)
                .orphans();
        return withFindings(picture, plan, Survey.NONE).withOrphans(orphans);
    }

    /// With what the last look shows, whether or not this plan needed one.
    private static Plan withFindings(Picture picture, Plan plan, Survey survey) {
        return plan.withWarnings(SurveyWarnings.of(survey, picture.live()));
    }

    /// @param survey what is known of the disks
    /// @param all whether volumes are listed too that no service uses and Holdfast never made
    Reconciler.Orphaned of(Picture picture, Plan plan, Survey survey, boolean all) {
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
        return new Reconciler.Orphaned(
                told,
                orphans.size() - told.size(),
                aboutOrphans(withFindings(picture, plan, survey).warnings()));
    }

    private static List<Warning> aboutOrphans(List<Warning> warnings) {
        return warnings.stream()
                .filter(warning ->
                        warning.code() == WarningCode.LEDGER_LOST || warning.code() == WarningCode.SURVEY_INCOMPLETE)
                .toList();
    }
}
