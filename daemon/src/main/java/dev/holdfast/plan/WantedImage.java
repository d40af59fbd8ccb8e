package dev.holdfast.plan;

import dev.holdfast.app.App;
import dev.holdfast.app.Desired;
import dev.holdfast.ledger.Ledger;
import dev.holdfast.live.Service;
import dev.holdfast.registry.Answer;
import dev.holdfast.value.ImageReference;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The image that an app shall run, as far as it is known: that of a followed tag is what its registry says now, that
/// of any other what it said when the tag was new. Where nobody knows, the tag itself.
public final class WantedImage {

    private static final int SHORT = "sha256:".length() + 12;

    private WantedImage() {}

    static String of(App app, Situation situation) {
        return followed(app, situation.images())
                .or(() -> pin(app, situation))
                .map(Ledger.Pin::resolved)
                .orElse(app.image());
    }

    /// By app, the image that the registry gives now; apps that follow no tag, or whose registry could not be
    /// asked, are not there.
    public static Map<String, Ledger.Pin> followed(Desired desired, ImageKnowledge images) {
        var followed = new TreeMap<String, Ledger.Pin>();
        for (var declared : desired.apps()) {
            followed(declared.app(), images)
                    .ifPresent(image -> followed.put(declared.app().name(), image));
        }
        return followed;
    }

    private static Optional<Ledger.Pin> followed(App app, ImageKnowledge images) {
        return app.followsTag() && images.answers().get(app.image()) instanceof Answer.Given(var digest)
                ? Optional.of(new Ledger.Pin(
                        app.image(),
                        ImageReference.of(app.image())
                                .asSent()
                                .withDigest(digest)
                                .toString()))
                : Optional.empty();
    }

    /// What the ledger remembers, unless the service is gone and nothing of it is left that an older image would
    /// harm.
    private static Optional<Ledger.Pin> pin(App app, Situation situation) {
        var pin = situation.ledger().images().get(app.name());
        var counts = situation.live().service(app.name()).isPresent()
                || NextLedger.hasClaims(situation.ledger(), app.name());
        return pin != null && counts && pin.image().equals(app.image()) ? Optional.of(pin) : Optional.empty();
    }

    /// That a followed tag could not be looked up: what runs stays.
    static Optional<Warning> warning(App app, @Nullable Service service, Situation situation) {
        var answer = app.followsTag() ? situation.images().answers().get(app.image()) : null;
        var why = switch (answer) {
            case Answer.Refused(var said) -> said;
            case Answer.Unknown(var said) -> said;
            case Answer.Given _ -> "";
            case null -> "";
        };
        if (why.isEmpty()) {
            return Optional.empty();
        }
        var digest = ImageReference.of(of(app, situation)).digest();
        var runs = !digest.isEmpty()
                ? digest
                : service == null ? "" : image(service).digest();
        var message = "whether the tag " + app.image() + " has moved is not known: " + why
                + (runs.isEmpty() ? "" : ". It stays at " + shortened(runs));
        return Optional.of(new Warning(app.name(), WarningCode.TAG_UNRESOLVED, message));
    }

    /// That the difference is the registry's doing, and nobody's by hand.
    static Optional<Warning> moved(App app, Service service, Situation situation) {
        var now = followed(app, situation.images()).map(WantedImage::resolved).orElse(null);
        var runs = image(service);
        if (now == null
                || !runs.isPinned()
                || !runs.familiar().equals(now.familiar())
                || runs.digest().equals(now.digest())
                || pin(app, situation)
                        .filter(pin -> resolved(pin).digest().equals(now.digest()))
                        .isPresent()) {
            return Optional.empty();
        }
        var message =
                "tag moved: " + app.image() + " was " + shortened(runs.digest()) + ", is " + shortened(now.digest());
        return Optional.of(new Warning(app.name(), WarningCode.TAG_MOVED, message));
    }

    private static ImageReference resolved(Ledger.Pin pin) {
        return ImageReference.of(pin.resolved());
    }

    private static ImageReference image(Service service) {
        return ImageReference.of(service.spec()
                .path("TaskTemplate")
                .path("ContainerSpec")
                .path("Image")
                .asText());
    }

    private static String shortened(String digest) {
        return digest.substring(0, Math.min(SHORT, digest.length()));
    }
}
