package dev.holdfast.plan;

import dev.holdfast.app.Repository;
import dev.holdfast.ledger.Claim;
import dev.holdfast.ledger.Survey;
import org.jspecify.annotations.Nullable;

/// Where data really is: symlinks are resolved as a look has found them, and a local volume whose options make it a
/// bind is the directory that it binds.
final class Places {

    private final Situation situation;

    Places(Situation situation) {
        this.situation = situation;
    }

    /// The same data under its real name on that node; the source itself where nothing else is known.
    Source real(Source source, String node) {
        var seen = situation.survey().node(node);
        if (source.isVolume()) {
            var device = device(source.name(), seen.orElse(null));
            return device == null ? source : real(new Source(Claim.Kind.BIND, device), node);
        }
        return seen.map(survey -> survey.paths().get(source.name()))
                .map(Survey.Path::real)
                .filter(path -> !path.isEmpty())
                .map(path -> new Source(Claim.Kind.BIND, path))
                .orElse(source);
    }

    /// The host path that a volume binds: as it is on the node, or as it would be made; null where it binds none.
    @Nullable
    String device(String volume, Survey.@Nullable NodeSurvey seen) {
        var there = seen == null ? null : seen.volumes().get(volume);
        if (there != null) {
            return Repository.Volume.boundTo(there.driver(), there.options());
        }
        var declared = situation.repository().volumes().get(volume);
        return declared == null || declared.shared()
                ? null
                : Repository.Volume.boundTo(declared.driver(), declared.driverOpts());
    }

    /// Whether both reach the same data on that node, under whatever names.
    boolean overlap(Source one, Source other, String node) {
        return one.overlaps(other) || real(one, node).overlaps(real(other, node));
    }
}
