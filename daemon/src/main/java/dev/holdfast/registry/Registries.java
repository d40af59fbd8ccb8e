package dev.holdfast.registry;

import dev.holdfast.engine.Engine;
import dev.holdfast.engine.EngineException;
import dev.holdfast.value.ImageReference;
import dev.holdfast.yaml.Sealed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// What registries say of images, and what they are shown. Each image is looked up once in a run, a few of one registry
/// at a time; one that does not answer is not asked for more in that run, and keeps nobody waiting for the others. Safe
/// for use by many threads.
public final class Registries {

    /// Images of one registry that are looked up at the same time.
    private static final int AT_ONCE = 4;

    /// How long one that limits requests is left alone. It says so itself, but the engine does not pass that on.
    private static final Duration RESPITE = Duration.ofMinutes(10);

    private static final String WITH_A_SECRET =
            "its name has a value of an encrypted file in it, and no registry is shown that for a plan of another"
                    + " branch";

    private final Engine engine;
    private final InstantSource clock;
    private final boolean ofProposal;
    private final Once<String, Logins.Found> logins;
    private final Once<String, Answer> answers = new Once<>(this::lookUp);
    private final Map<String, Answer> away = new ConcurrentHashMap<>();
    private final Map<String, Semaphore> slots = new ConcurrentHashMap<>();
    private final Map<String, Limited> limited = new ConcurrentHashMap<>();

    private record Limited(Answer answer, Instant until) {}

    public Registries(Engine engine, LoginSources sources, InstantSource clock) {
        this(engine, sources, clock, false);
    }

    /// @param ofProposal whether the images are those of a commit that nobody has accepted yet: its author could
    ///     have put anything into their names, to be read at a registry of his own
    public Registries(Engine engine, LoginSources sources, InstantSource clock, boolean ofProposal) {
        this.ofProposal = ofProposal;
        this.engine = engine;
        this.clock = clock;
        this.logins = new Once<>(new Logins(sources)::find);
    }

    /// From now on everything is read and asked anew.
    public void startRun() {
        logins.forget();
        answers.forget();
        away.clear();
    }

    /// What the tags of these images mean now.
    public Map<String, Answer> ask(Collection<String> images) throws InterruptedException {
        images.forEach(answers::begin);
        var given = new TreeMap<String, Answer>();
        for (var image : images) {
            given.put(image, answers.get(image));
        }
        return Map.copyOf(given);
    }

    /// What the nodes show the registry of an image, as `X-Registry-Auth`; null where there is nothing to show.
    public @Nullable String auth(String image) throws InterruptedException {
        return header(ImageReference.of(image).registry());
    }

    /// The same for a service that has another image until now. What it shows already is kept where nothing else is
    /// known, but another registry is not shown it.
    public @Nullable String authAfter(String before, String image) throws InterruptedException {
        var registry = ImageReference.of(image).registry();
        var header = header(registry);
        return header != null || ImageReference.of(before).registry().equals(registry) ? header : Credential.NOBODY;
    }

    private @Nullable String header(String registry) throws InterruptedException {
        var credential = logins.get(registry).credential();
        return credential == null ? null : credential.header(Servers.key(registry));
    }

    private Answer lookUp(String image) throws InterruptedException {
        if (ofProposal && Sealed.isIn(image)) {
            return new Answer.Unknown(WITH_A_SECRET);
        }
        var registry = ImageReference.of(image).registry();
        var slot = slots.computeIfAbsent(registry, _ -> new Semaphore(AT_ONCE));
        slot.acquire();
        try {
            var known = limited.get(registry);
            if (known != null && clock.instant().isBefore(known.until())) {
                return known.answer();
            }
            return away.containsKey(registry)
                    ? Objects.requireNonNull(away.get(registry))
                    : lookUp(image, registry, logins.get(registry));
        } finally {
            slot.release();
        }
    }

    private Answer lookUp(String image, String registry, Logins.Found login) {
        try {
            var credential = login.credential();
            var said = engine.distribution(image, credential == null ? null : credential.header(Servers.key(registry)));
            var digest = said.path("Descriptor").path("digest").asText();
            return digest.isEmpty() ? new Answer.Unknown("the engine gave no digest for it") : new Answer.Given(digest);
        } catch (EngineException e) {
            var message = String.valueOf(e.getMessage());
            var failure = Failure.of(e.status(), message);
            var answer = failure.answer(message, registry, login);
            if (failure == Failure.TOO_MANY) {
                limited.put(registry, new Limited(answer, clock.instant().plus(RESPITE)));
            }
            if (failure.isOfTheRegistry()) {
                away.put(registry, answer);
            }
            return answer;
        }
    }
}
