package dev.holdfast.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.app.Repository.Network;
import dev.holdfast.data.ClaimsLabel;
import dev.holdfast.data.MountsLabel;
import dev.holdfast.data.Source;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Service;
import dev.holdfast.spec.SpecPart.Side;
import dev.holdfast.value.ImageReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Compares the whole spec of a live service with the one it should have, field by field as [ComposeKeys] says. What
/// somebody set by hand and no app file can say is a difference too.
public final class SpecDiff {

    private final JsonNode live;
    private final ObjectNode wanted;
    private final Side side;
    private final ObjectNode toSend;
    private final List<FieldChange> fields = new ArrayList<>();

    private SpecDiff(JsonNode live, ObjectNode wanted, Side side) {
        this.live = live;
        this.wanted = wanted;
        this.side = side;
        this.toSend = live.isObject() ? live.deepCopy() : Specs.object();
    }

    /// @param ignoreReplicas leave the number of instances as it is (`ignore_drift: [replicas]`)
    public static SpecDifference compare(Service live, ObjectNode desired, Names names, boolean ignoreReplicas) {
        var wanted = KeptFromLive.from(live.spec(), desired, ignoreReplicas);
        var claims = new TreeSet<>(claims(live.spec()));
        claims.addAll(claims(desired));
        var known = withPredefined(live.spec(), desired, names);
        var side = new Side(
                Specs.text(desired.path("Name")), !claims.isEmpty(), claims, mounts(live.spec(), desired), known);
        return new SpecDiff(live.spec(), wanted, side).compare(desired);
    }

    /// Whether the lock, a mount or the mode differs: then drift is not put back but held (rule `hand-changes`).
    public static boolean touchesData(SpecDifference difference) {
        return difference.touchesData();
    }

    private SpecDifference compare(ObjectNode desired) {
        walk("", live, wanted, toSend);
        if (!fields.isEmpty()) {
            finish(desired);
        }
        fields.sort(Comparator.comparing(FieldChange::path));
        hideEchoes();
        var paths = fields.stream().map(FieldChange::path).collect(Collectors.toSet());
        return new SpecDifference(
                List.copyOf(fields),
                fields.stream().anyMatch(FieldChange::restarts) || !fields.isEmpty() && Service.isJob(live),
                paths.stream().anyMatch(SpecDiff::isData),
                paths.contains(ModePart.MODE),
                toSend);
    }

    /// Labels of ours that only repeat another field that changes.
    private void hideEchoes() {
        var told = fields.stream().map(FieldChange::path).toList();
        if (told.contains("image")) {
            fields.removeIf(field -> field.path().equals("deploy.labels." + Labels.STACK_IMAGE));
        }
        if (told.contains(ModePart.REPLICAS)) {
            fields.removeIf(field -> field.path().equals("deploy.labels." + Labels.STOPPED));
        }
        if (told.stream().anyMatch(SpecDiff::isData)) {
            fields.removeIf(field -> field.path().equals("deploy.labels." + Labels.CLAIMS));
            fields.removeIf(field -> field.path().equals("deploy.labels." + Labels.MOUNTS));
        }
    }

    private static boolean isData(String path) {
        return path.equals(ModePart.MODE) || PlacementPart.isLock(path) || MountsPart.isMount(path);
    }

    /// Puts into `out`, which is what is live, all that differs in effect.
    private void walk(String path, JsonNode from, JsonNode to, ObjectNode out) {
        for (var key : keys(from, to)) {
            var below = path.isEmpty() ? key : path + "." + key;
            var before = orMissing(from.get(key));
            var after = orMissing(to.get(key));
            if (ComposeKeys.isOpen(below)) {
                walk(below, before, after, Specs.child(out, key));
            } else if (differs(ComposeKeys.of(below), before, after)) {
                if (after.isMissingNode()) {
                    out.remove(key);
                } else {
                    out.set(key, after.deepCopy());
                }
            }
        }
    }

    private boolean differs(ComposeKey row, JsonNode before, JsonNode after) {
        var old = row.read(before, side);
        var young = row.read(after, side);
        var paths = new LinkedHashSet<>(old.keySet());
        paths.addAll(young.keySet());
        paths.removeIf(path -> Objects.equals(old.get(path), young.get(path)));
        for (var path : paths) {
            fields.add(change(row, path, old.get(path), young.get(path)));
        }
        return !paths.isEmpty();
    }

    private FieldChange change(ComposeKey row, String path, @Nullable String before, @Nullable String after) {
        var restarts = row.restart().restarts(path, before, after, side.names());
        return Redaction.of(new FieldChange(path, before, after, restarts));
    }

    /// Once something is written anyway: the commit that wrote it, no platforms of an image that is gone, and a
    /// placement where another hand has left it out.
    private void finish(ObjectNode desired) {
        Specs.child(Specs.child(toSend, "TaskTemplate"), "Placement");
        var labels = Specs.child(toSend, "Labels");
        if (ScheduledSpec.is(desired)) {
            ScheduledSpec.rest(toSend);
        }
        var imageDiffers = fields.stream().anyMatch(field -> field.path().equals("image"));
        if (!(fields.size() == 1 && imageDiffers && isSameTag(desired))) {
            labels.remove(Labels.COMMIT);
            Specs.put(labels, Labels.COMMIT, Specs.text(desired.path("Labels").path(Labels.COMMIT)));
        }
        if (imageDiffers && toSend.at("/TaskTemplate/Placement") instanceof ObjectNode placement) {
            placement.remove("Platforms");
        }
    }

    /// No commit has done that: the tag has moved, or somebody has put another digest there.
    private boolean isSameTag(ObjectNode desired) {
        return image(live).familiar().equals(image(desired).familiar());
    }

    private static ImageReference image(JsonNode spec) {
        return ImageReference.of(Specs.text(spec.at("/TaskTemplate/ContainerSpec/Image")));
    }

    private static Set<String> keys(JsonNode one, JsonNode other) {
        var keys = new LinkedHashSet<String>();
        one.properties().forEach(entry -> keys.add(entry.getKey()));
        other.properties().forEach(entry -> keys.add(entry.getKey()));
        return keys;
    }

    private static JsonNode orMissing(@Nullable JsonNode node) {
        return node == null || node.isNull() ? MissingNode.getInstance() : node;
    }

    private static Set<String> claims(JsonNode spec) {
        return ClaimsLabel.read(Specs.text(spec.path("Labels").path(Labels.CLAIMS))).sources().stream()
                .map(Source::toString)
                .collect(Collectors.toSet());
    }

    /// What both say of mounts that are no claims; the file has the last word.
    private static MountsLabel mounts(JsonNode live, JsonNode desired) {
        var roles = new TreeMap<>(mounts(live).roles());
        roles.putAll(mounts(desired).roles());
        return new MountsLabel(roles);
    }

    private static MountsLabel mounts(JsonNode spec) {
        return MountsLabel.read(Specs.text(spec.path("Labels").path(Labels.MOUNTS)));
    }

    /// The swarm's own `host` and `bridge` are in no list of networks, and a network in use cannot be removed: so
    /// an ID that nobody knows is the predefined one that is wanted, as long as there is just one of each.
    private static Names withPredefined(JsonNode live, JsonNode desired, Names names) {
        var unknown = targets(live);
        unknown.removeAll(names.networks().keySet());
        unknown.removeAll(names.networks().values());
        unknown.removeAll(Network.PREDEFINED);
        var wanted = targets(desired);
        wanted.retainAll(Network.PREDEFINED);
        if (unknown.size() != 1 || wanted.size() != 1) {
            return names;
        }
        var networks = new HashMap<>(names.networks());
        networks.put(unknown.first(), wanted.first());
        return new Names(networks, names.satisfied());
    }

    private static TreeSet<String> targets(JsonNode spec) {
        var targets = new TreeSet<String>();
        for (var network : spec.at("/TaskTemplate/Networks")) {
            targets.add(Specs.text(network.path("Target")));
        }
        return targets;
    }
}
