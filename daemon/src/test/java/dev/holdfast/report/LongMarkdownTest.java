package dev.holdfast.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.data.Orphan;
import dev.holdfast.ledger.Claim;
import dev.holdfast.plan.Change;
import dev.holdfast.plan.DataNote;
import dev.holdfast.plan.Hold;
import dev.holdfast.plan.HoldCode;
import dev.holdfast.plan.Plan;
import dev.holdfast.report.MarkdownParts.Part;
import dev.holdfast.spec.FieldChange;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What is too long for one comment goes on in the next.
class LongMarkdownTest {

    private static final int MANY = 1000;
    private static final String DATA = "> - ⚠ ";

    private static <T> List<T> many(IntFunction<T> each) {
        return IntStream.range(0, MANY).mapToObj(each).toList();
    }

    private static DataNote note(int i) {
        return new DataNote.BecomesOrphan(
                "app-" + i, new DataNote.Data(Claim.Kind.VOLUME, "app-" + i + "-data", "worker-1"));
    }

    private static Hold hold(int i) {
        var message = "it would no longer have app-" + i + "-data, which would stay behind";
        return new Hold("held-" + i, HoldCode.GIVES_UP_DATA, message, "persistent:\n  leave: [app-" + i + "-data]");
    }

    private static Plan plan(List<DataNote> data, List<Change> changes, List<Hold> holds, List<Orphan> orphans) {
        return Samples.plan(Set.of("db", "web"), data, changes, holds, orphans);
    }

    private static List<Part> parts(Plan plan) {
        var parts = MarkdownParts.split(PlanMarkdown.of(plan, List.of()));
        assertThat(parts).allSatisfy(part -> {
            assertThat(part.text().length()).isLessThanOrEqualTo(MarkdownParts.LIMIT);
            assertThat(part.text().split("<details>", -1))
                    .hasSameSizeAs(part.text().split("</details>", -1));
            assertThat(part.text()
                            .lines()
                            .filter(line -> line.strip().startsWith("```"))
                            .count())
                    .isEven();
        });
        return parts;
    }

    private static List<String> lines(List<Part> parts) {
        return parts.stream().flatMap(part -> part.text().lines()).toList();
    }

    @Test
    void nothingAboutDataIsLeftOutNorTheLineThatCounts() {
        var parts = parts(
                plan(many(LongMarkdownTest::note), many(i -> Samples.update("app-" + i, true)), List.of(), List.of()));
        assertThat(parts.getFirst().text()).as("data first").startsWith("""
            <!-- holdfast:plan:production:1 -->
            ### Holdfast plan for `production` at `0123456789ab`

            > [!CAUTION]
            > **Data**
            """);
        assertThat(lines(parts)).containsOnlyOnce("**0 to create, 1000 to update, 0 to remove, 2 unchanged**");
        assertThat(lines(parts)).containsAll(many(i -> DATA + Markdown.text(DataText.of(note(i)))));
        assertThat(parts.stream().filter(part -> part.text().contains(DATA)))
                .hasSizeGreaterThan(1)
                .allSatisfy(part -> assertThat(part.text()).contains("> [!CAUTION]\n> **Data**\n" + DATA));
    }

    @Test
    void everyHoldKeepsItsReasonAndWhatToWrite() {
        var parts = parts(plan(List.of(), List.of(), many(LongMarkdownTest::hold), List.of()));
        assertThat(lines(parts))
                .containsAll(many(i -> "- `held-" + i + "` (`gives-up-data`): " + Markdown.text(hold(i).message())))
                .containsAll(many(i -> "    leave: [app-" + i + "-data]"));
        assertThat(parts.stream().filter(part -> part.text().contains("gives-up-data")))
                .hasSizeGreaterThan(1)
                .allSatisfy(part -> assertThat(part.text()).contains("#### Held, left exactly as it runs"));
    }

    @Test
    void everyAppHasItsRowInATableOfItsPart() {
        var parts = parts(plan(
                List.of(),
                many(i -> Samples.update("an-app-with-so-long-a-name-that-its-rows-need-two-parts-" + i, false)),
                List.of(),
                List.of()));
        assertThat(lines(parts))
                .containsAll(many(i -> "| `an-app-with-so-long-a-name-that-its-rows-need-two-parts-" + i
                        + "` | update | go on |  |  |"));
        assertThat(parts.stream().filter(part -> part.text().contains("| update |")))
                .hasSizeGreaterThan(1)
                .allSatisfy(part ->
                        assertThat(part.text()).contains("| app | change | tasks | if it fails | data |\n|---|"));
    }

    @Test
    void everyOrphanIsListed() {
        var orphans = Collections.nCopies(MANY, Samples.orphans().getFirst());
        var rows = lines(parts(plan(List.of(), List.of(), List.of(), orphans)));
        assertThat(rows.stream().filter(line -> line.startsWith("| volume `old-data`")))
                .hasSize(MANY);
        var report = OrphanMarkdown.of(orphans, 0);
        assertThat(report.lines().filter(line -> line.equals("volume `old-data` on `worker-1`:")))
                .hasSize(MANY);
    }

    @Test
    void aLineThatNoCommentCanHoldIsLeftOutAloneAndThatIsSaid() {
        var notes = Stream.of("first", "x".repeat(70_000), "last")
                .<DataNote>map(DataNote.IsLockedNoMore::new)
                .toList();
        var lines = lines(parts(plan(notes, List.of(), List.of(), List.of())));
        assertThat(lines)
                .containsSequence(
                        DATA + "first is locked to no node any more",
                        DATA + "(a line of 70036 characters is too long for a comment)",
                        DATA + "last is locked to no node any more");
    }

    @Test
    void aLongValueIsShortenedWithinItsCodeSpan() {
        var changed = new FieldChange("labels.a", "<b>@admin".repeat(20_000), null, true);
        var held = new Hold("db", HoldCode.MOVES_DATA, "its data stays behind", "", List.of(changed));
        assertThat(lines(parts(plan(List.of(), List.of(), List.of(held), List.of()))))
                .filteredOn(line -> line.contains("@admin"))
                .singleElement()
                .asString()
                .startsWith("| `labels.a` (restarts) | `<b>@admin")
                .endsWith("…` |  |");
    }
}
