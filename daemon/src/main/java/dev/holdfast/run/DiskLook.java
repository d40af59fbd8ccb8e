package dev.holdfast.run;

import dev.holdfast.app.Desired;
import dev.holdfast.app.Repository;
import dev.holdfast.apply.Progress;
import dev.holdfast.engine.Engine;
import dev.holdfast.ledger.Claim;
import dev.holdfast.ledger.Ledger;
import dev.holdfast.live.Live;
import dev.holdfast.registry.Registries;
import dev.holdfast.survey.Survey;
import dev.holdfast.survey.SurveyJob;
import java.util.Set;
import java.util.TreeSet;

/// Looks at the nodes' disks: at all volumes, and at what files and the ledger name.
final class DiskLook {

    private final Engine engine;
    private final Registries registries;

    DiskLook(Engine engine, Registries registries) {
        this.engine = engine;
        this.registries = registries;
    }

    /// @param images to look for
    Survey look(Desired desired, Ledger ledger, Live live, Set<String> images, boolean sizes, Progress progress)
            throws InterruptedException {
        progress.step("looking at the nodes' disks");
        var settings = desired.repository().survey();
        var request = new SurveyJob.Request(
                settings.image(), settings.socket(), paths(desired, ledger), images, sizes, SurveyJob.Request.DEADLINE);
        return new SurveyJob(engine, ledger.cluster()).look(request, live, registries.auth(settings.image()));
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
}
