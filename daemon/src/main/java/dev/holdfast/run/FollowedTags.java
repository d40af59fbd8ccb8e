package dev.holdfast.run;

import dev.holdfast.app.App;
import dev.holdfast.app.Desired;
import dev.holdfast.app.Desired.DeclaredApp;
import dev.holdfast.registry.Answer;
import dev.holdfast.registry.Registries;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What registries say of the tags that apps follow: asked again once their time has come, and once for all apps of the
/// same image.
final class FollowedTags {

    /// [Registries#ask], which asks each image once in a run.
    interface LookUp {
        Map<String, Answer> ask(Collection<String> images) throws InterruptedException;
    }

    private final LookUp registries;
    private final Clock clock;
    private final @Nullable Duration interval;
    private final Map<String, Heard> heard = new HashMap<>();

    private record Heard(Answer answer, Instant at) {}

    /// @param interval how old an answer may be; null where each run asks
    FollowedTags(LookUp registries, Clock clock, @Nullable Duration interval) {
        this.registries = registries;
        this.clock = clock;
        this.interval = interval;
    }

    /// By image, as the files have it.
    Map<String, Answer> of(Desired desired) throws InterruptedException {
        var followed = images(desired);
        heard.keySet().retainAll(followed);
        var now = clock.instant();
        var due = followed.stream().filter(image -> isDue(image, now)).toList();
        registries.ask(due).forEach((image, answer) -> heard.put(image, new Heard(answer, now)));
        var answers = new TreeMap<String, Answer>();
        heard.forEach((image, last) -> answers.put(image, last.answer()));
        return answers;
    }

    static Set<String> images(Desired desired) {
        return desired.apps().stream()
                .map(DeclaredApp::app)
                .filter(App::followsTag)
                .map(App::image)
                .collect(Collectors.toSet());
    }

    /// A little early, since the run that the schedule makes for it comes give or take 5 %.
    private boolean isDue(String image, Instant now) {
        var last = heard.get(image);
        return last == null
                || interval == null
                || !now.isBefore(last.at().plus(interval.multipliedBy(9).dividedBy(10)));
    }
}
