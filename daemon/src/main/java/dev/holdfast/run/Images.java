package dev.holdfast.run;

import dev.holdfast.app.App;
import dev.holdfast.app.Desired;
import dev.holdfast.engine.Engine;
import dev.holdfast.engine.EngineException;
import dev.holdfast.engine.EngineUnreachable;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Live;
import dev.holdfast.plan.ImageKnowledge;
import dev.holdfast.registry.Registries;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What the manager's own engine knows of the apps' images, without pulling one: the directories that they declare as
/// `VOLUME`. An image that is not there is not known.
final class Images {

    /// A tag may be moved, and an image may be pulled.
    private static final Duration KEPT = Duration.ofHours(1);

    /// A large repository must not make a run slow; the rest is asked for in later ones.
    private static final int AT_ONCE = 50;

    private final Engine engine;
    private final Registries registries;
    private final Map<String, Volumes> known = new HashMap<>();

    Images(Engine engine, Registries registries) {
        this.engine = engine;
        this.registries = registries;
    }

    private record Volumes(Optional<List<String>> paths, Instant at) {}

    /// By app, the paths of its image's `VOLUME`s; apps whose image is not known are left out.
    Map<String, List<String>> volumes(Desired desired, Live live, Instant now) {
        var found = new TreeMap<String, List<String>>();
        var left = AT_ONCE;
        for (var declared : desired.apps()) {
            var image = image(declared.app(), live);
            var answer = known.get(image);
            if ((answer == null || answer.at().plus(KEPT).isBefore(now)) && left > 0) {
                left--;
                answer = new Volumes(ask(image), now);
                known.put(image, answer);
            }
            if (answer != null) {
                answer.paths().ifPresent(volumes -> found.put(declared.app().name(), volumes));
            }
        }
        return Map.copyOf(found);
    }

    /// With the digest that its service has, where the file still names the same image.
    private static String image(App app, Live live) {
        return live.service(app.name())
                .filter(_ -> hasItAlready(app, live))
                .map(service -> service.spec()
                        .path("TaskTemplate")
                        .path("ContainerSpec")
                        .path("Image")
                        .asText())
                .filter(image -> !image.isEmpty())
                .orElse(app.image());
    }

    /// What this engine and the registries say of these images.
    ImageKnowledge ask(Set<String> images) throws InterruptedException {
        var some = images.stream().sorted().limit(AT_ONCE).toList();
        var there = new TreeMap<String, Boolean>();
        some.forEach(image -> there.put(image, ask(image).isPresent()));
        var answers = registries.ask(some);
        var manager = engine.info().path("Swarm").path("NodeID").asText();
        return new ImageKnowledge(Map.of(), answers, manager, Map.copyOf(there));
    }

    private static boolean hasItAlready(App app, Live live) {
        return live.service(app.name())
                .filter(service -> app.image().equals(service.labels().get(Labels.STACK_IMAGE)))
                .isPresent();
    }

    private Optional<List<String>> ask(String image) {
        try {
            var volumes = new TreeSet<String>();
            engine.image(image).path("Config").path("Volumes").fieldNames().forEachRemaining(volumes::add);
            return Optional.of(List.copyOf(volumes));
        } catch (EngineUnreachable e) {
            throw e;
        } catch (EngineException e) {
            return Optional.empty();
        }
    }
}
