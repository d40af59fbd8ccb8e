package dev.holdfast.daemon;

import dev.holdfast.app.App;
import dev.holdfast.app.Desired;
import dev.holdfast.engine.Engine;
import dev.holdfast.engine.EngineException;
import dev.holdfast.engine.EngineUnreachable;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Live;
import dev.holdfast.plan.Warning;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// What the manager's own engine knows of the apps' images, without pulling one: the directories that they declare as
/// `VOLUME`. An image that is not there is not known.
final class Images {

    /// A tag may be moved, and an image may be pulled.
    private static final Duration KEPT = Duration.ofHours(1);

    /// A large repository must not make a run slow; the rest is asked for in later ones.
    private static final int AT_ONCE = 50;

    /// A registry that does not answer must not keep a reviewer waiting.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Engine engine;
    private final Map<String, Answer> answers = new HashMap<>();

    Images(Engine engine) {
        this.engine = engine;
    }

    private record Answer(Optional<List<String>> volumes, Instant at) {}

    /// By app, the paths of its image's `VOLUME`s; apps whose image is not known are left out.
    Map<String, List<String>> volumes(Desired desired, Live live, Instant now) {
        var found = new TreeMap<String, List<String>>();
        var left = AT_ONCE;
        for (var declared : desired.apps()) {
            var image = image(declared.app(), live);
            var answer = answers.get(image);
            if ((answer == null || answer.at().plus(KEPT).isBefore(now)) && left > 0) {
                left--;
                answer = new Answer(ask(image), now);
                answers.put(image, answer);
            }
            if (answer != null) {
                answer.volumes().ifPresent(volumes -> found.put(declared.app().name(), volumes));
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

    /// Apps whose image is new, and that neither this engine nor its registry knows. Asked all at once, and not for
    /// long.
    List<Warning> unresolved(Desired desired, Live live) throws InterruptedException {
        var asked = new TreeMap<String, Callable<Optional<String>>>();
        for (var declared : desired.apps()) {
            var app = declared.app();
            if (asked.size() < AT_ONCE && !hasItAlready(app, live)) {
                asked.put(app.name(), () -> whyUnresolved(app.image()));
            }
        }
        var found = new ArrayList<Warning>();
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            var answers = threads.invokeAll(asked.values(), PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .iterator();
            for (var app : asked.keySet()) {
                var answer = answers.next();
                var why = answer.state() == Future.State.SUCCESS
                        ? answer.resultNow()
                        : Optional.of("no answer within " + PATIENCE.toSeconds() + " s");
                why.ifPresent(reason -> found.add(new Warning(
                        app,
                        "image-unresolved",
                        "an image that is not on the manager and that no registry gives: " + reason)));
            }
        } finally {
            threads.shutdownNow();
        }
        return List.copyOf(found);
    }

    private static boolean hasItAlready(App app, Live live) {
        return live.service(app.name())
                .filter(service -> app.image().equals(service.labels().get(Labels.STACK_IMAGE)))
                .isPresent();
    }

    private Optional<String> whyUnresolved(String image) {
        if (ask(image).isPresent()) {
            return Optional.empty();
        }
        try {
            engine.distribution(image);
            return Optional.empty();
        } catch (EngineException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
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
