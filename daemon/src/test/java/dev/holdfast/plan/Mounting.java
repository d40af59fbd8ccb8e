package dev.holdfast.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.data.ClaimsLabel;
import dev.holdfast.data.MountsLabel;
import dev.holdfast.data.Source;
import dev.holdfast.live.Mount;

/// What a service says of its mounts, by its labels.
record Mounting(String app, ClaimsLabel claims, MountsLabel others) {
    Mounting(String app, JsonNode spec) {
        this(
                app,
                ClaimsLabel.of(Disks.strings(spec.path("Labels"))),
                MountsLabel.of(Disks.strings(spec.path("Labels"))));
    }

    boolean isData(Mount mount) {
        return claims.sources().contains(Source.of(mount)) || !mount.scratch() && !others.has(Source.of(mount));
    }

    boolean administers(Mount mount, Mount other) {
        return others.is(Source.of(mount), MountsLabel.Role.HOST) && Source.isBelow(other.source(), mount.source());
    }

    /// Whether both can write to the same place, be it data or not.
    static boolean bothWrite(Mount mount, Mount their) {
        return !mount.readOnly() && !their.readOnly() && Source.of(their).overlaps(Source.of(mount));
    }

    /// Of two that can both write to the same place: whether it is data for one of them, and neither is told so.
    static boolean clash(Mount mount, Mounting ours, Mount their, Mounting theirs) {
        return (ours.isData(mount) || theirs.isData(their))
                && !ours.administers(mount, their)
                && !theirs.administers(their, mount)
                && !ours.claims().isWith(ours.app(), theirs.claims(), theirs.app(), Source.of(mount));
    }
}
