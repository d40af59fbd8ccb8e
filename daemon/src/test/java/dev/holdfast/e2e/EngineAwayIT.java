package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.PrivateSwarm;
import dev.holdfast.testing.RecordedRequest;
import dev.holdfast.testing.Trouble;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// An engine that misbehaves is an error that is said and recovered from, never an empty Swarm.
class EngineAwayIT {

    @RegisterExtension
    static final PrivateSwarm swarm = PrivateSwarm.oneNode();

    @RegisterExtension
    final Story story = new Story(swarm);

    @Test
    void anEngineThatIsAwayOrNoManagerIsAnErrorAndNothingElse() {
        story.repo().app("web");
        story.applied("Add web");
        for (var trouble : new Trouble[] {
            new Trouble.Answer(503, "This node is not a swarm manager."),
            new Trouble.Answer(500, "rpc error: code = DeadlineExceeded"),
            new Trouble.CutBefore()
        }) {
            story.proxy().when(request -> request.path().startsWith("/services"), trouble);
            for (var command : new String[] {"plan", "apply", "status", "orphans"}) {
                var failed = story.run(command);
                assertThat(failed.code()).as(failed.all()).isEqualTo(1);
                assertThat(failed.err()).startsWith("").doesNotContain("This is a bug");
                assertThat(story.writes()).isEmpty();
            }
            story.proxy().calm();
        }
        Story.expect(0, story.apply());
        assertThat(story.services()).containsExactly("web");
    }

    @Test
    void anEngineThatFailsAtAnyWriteIsRecoveredFromByTheNextRun() {
        var names = new String[] {"one", "two", "three", "four", "five"};
        for (var k = 1; k <= names.length; k++) {
            story.repo().app(names[k - 1], Apps.volume(names[k - 1] + "-data"));
            story.repo().push("Add " + k);
            story.proxy()
                    .at(
                            k,
                            RecordedRequest::isWrite,
                            k % 2 == 0 ? new Trouble.Answer(503, "not now") : new Trouble.CutAfter());
            var first = story.apply();
            assertThat(first.err()).doesNotContain("This is a bug");
            story.proxy().calm();
            var second = story.apply("--retry", names[k - 1]);
            Story.expect(0, second);
            Story.expect(0, story.apply());
            assertThat(story.writes()).as("after trouble at write " + k).isEmpty();
        }
        assertThat(story.services()).containsExactlyInAnyOrder(names);
    }

    @Test
    void aShortAbsenceDuringAWaitIsOutlived() throws Exception {
        story.repo().app("web").push("Add web");
        var cutter = Thread.ofVirtual().start(() -> {
            try {
                while (story.proxy().writes().stream().noneMatch(w -> w.path().equals("/services/create"))) {
                    Thread.sleep(50);
                }
                Thread.sleep(500);
                story.proxy().when(request -> true, new Trouble.CutBefore());
                Thread.sleep(4000);
                story.proxy().calm();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        Story.expect(0, story.apply());
        assertThat(cutter.join(Duration.ofSeconds(10))).isTrue();
    }
}
