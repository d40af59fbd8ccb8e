package dev.holdfast.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.data.Shell;
import dev.holdfast.live.Service;
import dev.holdfast.placement.Demand;
import dev.holdfast.plan.Change.CreateService;
import dev.holdfast.plan.Change.UpdateService;
import dev.holdfast.registry.Answer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Whether the images that a plan brings can be had. An app with data is not stopped for one that neither its node nor
/// a registry has: it would stay down. All others are warned of, since Swarm itself keeps, or brings back, what runs.
public final class NewImages {

    /// @param hold why the app is left as it runs; null for a warning
    record Finding(
            String app, @Nullable Hold hold, @Nullable Warning warning) {}

    private final Situation situation;

    private NewImages(Situation situation) {
        this.situation = situation;
    }

    /// @param changes all writes to services that the plan asks for
    static List<Finding> of(Situation situation, List<Change> changes) {
        var images = new NewImages(situation);
        return changes.stream()
                .flatMap(change -> images.examine(change).stream())
                .toList();
    }

    /// All images that a plan brings and whose registries have not been asked.
    public static Set<String> in(Plan plan, Situation situation) {
        var images = new TreeSet<String>();
        plan.changes()
                .forEach(change -> brought(change, situation)
                        .filter(image -> situation.images().answer(image).isEmpty())
                        .ifPresent(images::add));
        return images;
    }

    /// Those for which something that runs would be stopped, and of which nobody knows yet whether the node or a
    /// registry has them.
    public static Set<String> toAsk(Plan plan, Situation situation) {
        var images = new TreeSet<String>();
        for (var change : plan.changes()) {
            brought(change, situation)
                    .filter(image -> Downtime.comesBefore(change, situation)
                            && !isOnNode(image, change, situation).orElse(false)
                            && situation.images().answer(image).isEmpty())
                    .ifPresent(images::add);
        }
        return images;
    }

    private static Optional<String> brought(Change change, Situation situation) {
        var spec = spec(change);
        if (spec == null || Demand.replicas(spec) == 0) {
            return Optional.empty();
        }
        var image = image(spec);
        var has = situation.live().service(change.app()).map(Service::spec).map(NewImages::image);
        return has.filter(image::equals).isPresent() || image.isEmpty() ? Optional.empty() : Optional.of(image);
    }

    private static @Nullable JsonNode spec(Change change) {
        return switch (change) {
            case CreateService create -> create.spec();
            case UpdateService update -> update.spec();
            default -> null;
        };
    }

    private static String image(JsonNode spec) {
        return spec.path("TaskTemplate").path("ContainerSpec").path("Image").asText();
    }

    /// Whether the node of the lock has it, or any node where there is no lock. Empty where nobody has looked.
    private static Optional<Boolean> isOnNode(String image, Change change, Situation situation) {
        var lock = lock(change);
        var seen = situation.live().nodes().stream()
                .filter(node -> lock.isPresent() ? lock.get().equals(node.id()) : node.isUsable())
                .map(node -> isThere(image, node.id(), situation))
                .toList();
        if (seen.stream().anyMatch(there -> there.orElse(false))) {
            return Optional.of(true);
        }
        return seen.isEmpty() || seen.stream().anyMatch(Optional::isEmpty) ? Optional.empty() : Optional.of(false);
    }

    private static Optional<Boolean> isThere(String image, String node, Situation situation) {
        var looked = situation.survey().node(node).map(seen -> seen.images().get(image));
        return looked.isPresent() || !node.equals(situation.images().manager())
                ? looked
                : Optional.ofNullable(situation.images().there().get(image));
    }

    private static Optional<String> lock(Change change) {
        return Optional.ofNullable(spec(change)).flatMap(Service::lockedNode);
    }

    private Optional<Finding> examine(Change change) {
        var image = brought(change, situation).orElse("");
        var why = situation.images().answer(image).map(NewImages::why).orElse("");
        if (why.isEmpty()) {
            return Optional.empty();
        }
        if (!Downtime.comesBefore(change, situation)) {
            return situation.images().there().getOrDefault(image, false)
                    ? Optional.empty()
                    : warning(
                            change,
                            "image " + image + " is not on the manager, and no registry gives it: " + why
                                    + ". Its tasks start only on nodes that have it");
        }
        return isOnNode(image, change, situation)
                .map(there -> there ? Optional.<Finding>empty() : hold(change, image, why))
                .orElseGet(() -> unseen(change, image, why));
    }

    /// Nobody has looked for it on the node, or nobody could.
    private Optional<Finding> unseen(Change change, String image, String why) {
        var node = nodeOf(change);
        if (!situation.looked()) {
            var message = "no registry gives image " + image + ": " + why + ". apply will first look whether " + node
                    + " has it, and holds the app if not";
            var depends = Warning.Otherwise.heldIf(node + " does not have image " + image);
            return Optional.of(new Finding(
                    change.app(), null, new Warning(change.app(), WarningCode.IMAGE_UNRESOLVED, message, depends)));
        }
        return situation.images().answer(image).orElse(null) instanceof Answer.Refused
                ? hold(change, image, why)
                : warning(
                        change,
                        "nobody could ask for image " + image + " (" + why + "), nor look whether " + node
                                + " has it: if it cannot be had, the app stays down");
    }

    private Optional<Finding> hold(Change change, String image, String why) {
        var node = nodeOf(change);
        var hold = new Hold(
                change.app(),
                HoldCode.IMAGE_MISSING,
                "image " + image + " is not known to be on " + node + ", and no registry gives it: " + why
                        + ". What runs would be stopped for it, and stay down",
                "push the image, or load it there: docker pull " + Shell.quote(image) + "   # on " + node);
        return Optional.of(new Finding(change.app(), hold, null));
    }

    private static Optional<Finding> warning(Change change, String message) {
        return Optional.of(
                new Finding(change.app(), null, new Warning(change.app(), WarningCode.IMAGE_UNRESOLVED, message)));
    }

    private String nodeOf(Change change) {
        return lock(change).map(new NodeNames(situation)::name).orElse("a node");
    }

    private static String why(Answer answer) {
        return switch (answer) {
            case Answer.Given _ -> "";
            case Answer.Refused(var said) -> said;
            case Answer.Unknown(var said) -> said;
        };
    }
}
