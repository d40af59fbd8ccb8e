package dev.holdfast.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.holdfast.app.Desired;
import dev.holdfast.app.DesiredReader;
import dev.holdfast.engine.EngineVersion;
import dev.holdfast.git.Checkout;
import dev.holdfast.ledger.Ledger;
import dev.holdfast.live.Content;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Live;
import dev.holdfast.live.Resources;
import dev.holdfast.live.Task;
import dev.holdfast.plan.ImageKnowledge;
import dev.holdfast.plan.Plan;
import dev.holdfast.plan.Situation;
import dev.holdfast.survey.Survey;
import dev.holdfast.yaml.Source;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// How often a run plans.
class PictureTest {

    private static final Content LOCK = new Content("1", "holdfast-lock-default", Map.of(Labels.LOCK, "default"), null);

    private final Source files = new Source() {
        @Override
        public SortedSet<String> paths() {
            return new TreeSet<>(List.of("holdfast.yaml", "apps/web.yaml"));
        }

        @Override
        public Optional<byte[]> read(String path) {
            var text = path.equals("holdfast.yaml") ? "cluster: default\n" : "name: web\nimage: web:1\n";
            return Optional.of(text.getBytes(StandardCharsets.UTF_8));
        }
    };
    private final Desired desired = DesiredReader.read(files);
    private int planned;

    private Picture picture(Ledger ledger, List<Content> configs, Task... tasks) {
        var live = new Live(
                "swarm",
                new EngineVersion("28.5.2", "1.51"),
                List.of(),
                List.of(),
                List.of(tasks),
                List.of(),
                List.of(),
                configs);
        return new Picture(
                new Checkout("a".repeat(40), null, null, files, false, false),
                desired,
                live,
                ledger,
                true,
                null,
                ImageKnowledge.NONE);
    }

    private Plan plan(Picture picture) {
        planned++;
        return picture.plan(Survey.NONE, false, Situation.Choices.NONE, Instant.EPOCH);
    }

    @Test
    void aPlanIsMadeOnceWhereNothingMovesWhileTheLockIsTaken() {
        var ledger = Ledger.empty("default", "key");
        var before = picture(ledger, List.of());
        var plan = plan(before);
        assertThat(picture(ledger, List.of(LOCK)).planAfter(before, plan, this::plan))
                .isSameAs(plan);
        assertThat(planned).isEqualTo(1);
    }

    @Test
    void itIsMadeAgainWhereTheSwarmOrTheLedgerMoved() {
        var ledger = Ledger.empty("default", "key");
        var before = picture(ledger, List.of());
        var plan = plan(before);
        var task = new Task(
                "t",
                "s",
                "n",
                1,
                "running",
                "running",
                "",
                "",
                "",
                "",
                List.of(),
                MissingNode.getInstance(),
                Resources.NONE,
                Set.of());
        picture(ledger, List.of(LOCK), task).planAfter(before, plan, this::plan);
        picture(Ledger.empty("default", "other"), List.of()).planAfter(before, plan, this::plan);
        picture(ledger, List.of(new Content("2", "site", Map.of(), null))).planAfter(before, plan, this::plan);
        assertThat(planned).isEqualTo(4);
    }
}
