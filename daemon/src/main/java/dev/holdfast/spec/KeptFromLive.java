package dev.holdfast.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.live.Labels;
import dev.holdfast.value.ImageReference;

/// What the desired spec has no say in, or says more loosely than the live one: there the live form is taken into it
/// before the two are compared.
final class KeptFromLive {

    private static final String DOCO_CD = "cd.doco.";

    private final JsonNode live;
    private final ObjectNode wanted;

    private KeptFromLive(JsonNode live, ObjectNode wanted) {
        this.live = live;
        this.wanted = wanted;
    }

    /// @return the desired spec as it would be sent to this very service
    static ObjectNode from(JsonNode live, ObjectNode desired, boolean replicas) {
        var carry = new KeptFromLive(live, desired.deepCopy());
        carry.pause();
        carry.runs();
        carry.hooks();
        carry.stackOfContainers();
        carry.containerLabelsOfDocoCd();
        carry.image();
        carry.volumeOptions();
        carry.copy("ForceUpdate", live.path("TaskTemplate"), Specs.child(carry.wanted, "TaskTemplate"));
        if ((replicas || carry.isScheduled())
                && carry.wanted.path("Mode").path("Replicated") instanceof ObjectNode replicated) {
            carry.copy("Replicas", live.path("Mode").path("Replicated"), replicated);
        }
        return carry.wanted;
    }

    private void copy(String key, JsonNode from, ObjectNode to) {
        var value = from.get(key);
        if (value != null) {
            to.set(key, value);
        }
    }

    /// People set it by hand, and by hand it goes.
    private void pause() {
        copy(Labels.PAUSE, live.path("Labels"), Specs.child(wanted, "Labels"));
    }

    /// What has run is not in the file. A schedule that stays has been there since it was first seen.
    private void runs() {
        var labels = Specs.child(wanted, "Labels");
        if (labels.has(Labels.SCHEDULE)) {
            copy(Labels.RUNS, live.path("Labels"), labels);
            if (isScheduled()) {
                copy(Labels.SCHEDULE_SINCE, live.path("Labels"), labels);
            }
        }
    }

    /// What has run after a change is not in the file.
    private void hooks() {
        var labels = Specs.child(wanted, "Labels");
        if (labels.has(Labels.HOOKS)) {
            copy(Labels.AFTER, live.path("Labels"), labels);
        }
    }

    /// Whether it has been a scheduled app with these very times.
    private boolean isScheduled() {
        var times = wanted.path("Labels").path(Labels.SCHEDULE);
        return times.isTextual() && times.equals(live.path("Labels").path(Labels.SCHEDULE));
    }

    /// Docker's tools read the stack's name from the service. On containers it changes nothing but would restart
    /// them.
    private void stackOfContainers() {
        if (wanted.at("/TaskTemplate/ContainerSpec/Labels") instanceof ObjectNode labels) {
            labels.remove(Labels.STACK);
            copy(Labels.STACK, live.at("/TaskTemplate/ContainerSpec/Labels"), labels);
        }
    }

    /// doco-cd marks the containers of what it deploys in a Swarm, for itself. Without the marks all of them
    /// restarted, for nothing.
    private void containerLabelsOfDocoCd() {
        var labels = Specs.child(Specs.containerSpec(wanted), "Labels");
        live.at("/TaskTemplate/ContainerSpec/Labels").properties().stream()
                .filter(label -> label.getKey().startsWith(DOCO_CD))
                .forEach(label -> labels.putIfAbsent(label.getKey(), label.getValue()));
    }

    /// A live image keeps its digest where just its tag is wanted. Where a digest is, another one is a difference.
    private void image() {
        var liveImage = Specs.text(live.at("/TaskTemplate/ContainerSpec/Image"));
        var container = Specs.containerSpec(wanted);
        var image = ImageReference.of(Specs.text(container.path("Image")));
        var there = ImageReference.of(liveImage);
        if (!liveImage.isEmpty()
                && image.familiar().equals(there.familiar())
                && (!image.isPinned() || image.digest().equals(there.digest()))) {
            container.put("Image", liveImage);
        }
    }

    /// The options of a volume matter when it is created. Labels are never changed later; and a volume that another
    /// hand created keeps its driver, unless the repository declares one.
    private void volumeOptions() {
        for (var mount : wanted.at("/TaskTemplate/ContainerSpec/Mounts")) {
            for (var there : live.at("/TaskTemplate/ContainerSpec/Mounts")) {
                if (mount instanceof ObjectNode volume && isSameVolume(volume, there)) {
                    keepOptions(volume, there.path("VolumeOptions"));
                }
            }
        }
    }

    private static boolean isSameVolume(JsonNode one, JsonNode other) {
        return MountsPart.type(one).equals("volume")
                && MountsPart.type(other).equals("volume")
                && MountsPart.source(one).equals(MountsPart.source(other))
                && MountsPart.target(one).equals(MountsPart.target(other));
    }

    private void keepOptions(ObjectNode volume, JsonNode there) {
        var options = Specs.child(volume, "VolumeOptions");
        options.remove("Labels");
        copy("Labels", there, options);
        var ours = there.path("Labels").has(Labels.CLUSTER);
        if (!ours && !options.has("DriverConfig")) {
            copy("DriverConfig", there, options);
        }
    }
}
