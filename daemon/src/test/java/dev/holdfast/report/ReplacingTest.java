package dev.holdfast.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.plan.Replacement;
import dev.holdfast.plan.Replacement.Failing;
import dev.holdfast.plan.Replacement.Way;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// By these words a reader predicts what happens.
class ReplacingTest {

    private static final Replacing WORDS = new Replacing(UnaryOperator.identity(), UnaryOperator.identity());

    @ParameterizedTest(name = "{5} / {6}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        NEW_FIRST       | 1  | 1  | 0 | ROLLBACK 10s | restart, new before old: no gap                                      | rolled back, watched 10s
        NEW_FIRST       | 3  | 3  | 1 | PAUSE 5s     | restart 3, one at a time, new before old: no gap                     | pauses, no rollback, watched 5s
        NEW_FIRST       | 3  | 3  | 2 | CONTINUE 5s  | restart 3, 2 at a time, new before old: no gap                       | goes on all the same, no rollback, watched 5s
        NEW_FIRST       | -1 | -1 | 1 | ROLLBACK 10s | restart on each node, one at a time, new before old: no gap          | rolled back, watched 10s
        FOLLOW_NODES    | -1 | -1 | 0 | NOTHING -    | go on where the node satisfies the constraints, start there where none runs, stop elsewhere | ''
        RUN_AGAIN       | 1  | 1  | 0 | STAYS_DOWN - | run again, from its start                                            | stays down, no rollback
        OLD_FIRST       | 1  | 1  | 0 | ROLLBACK 10s | restart, old before new: a gap                                       | rolled back, watched 10s
        OLD_FIRST       | 1  | 1  | 0 | PAUSE 10s    | restart, old before new: a gap                                       | stays down, no rollback
        OLD_FIRST       | 3  | 3  | 1 | ROLLBACK 10s | restart 3, one at a time, old before new: 2 of 3 go on meanwhile     | rolled back, watched 10s
        OLD_FIRST       | 3  | 3  | 0 | ROLLBACK 10s | restart 3, all at once, old before new: a gap                        | rolled back, watched 10s
        OLD_FIRST       | -1 | -1 | 1 | PAUSE 10s    | restart on each node, one at a time, old before new: a gap on each   | pauses, no rollback, watched 10s
        STOP_THEN_START | 1  | 1  | 0 | STAYS_DOWN - | stop, then start again: a gap                                         | stays down, no rollback
        STOP_THEN_START | 1  | 1  | 0 | PUT_BACK -   | stop, then start again: a gap                                         | put back, as is wiki
        START           | 0  | 3  | 0 | RETRY -      | start 3                                                              | tried again and again
        START           | 0  | 1  | 0 | STAYS_DOWN - | start                                                                | stays down
        START           | 0  | 1  | 0 | STOPPED -    | start                                                                | stays stopped, wiki put back
        STOP            | 1  | 0  | 0 | NOTHING back | stop                                                                 | put back if wiki fails
        STOP_THEN_START | 1  | 1  | 0 | STAYS_DOWN back | stop, then start again: a gap                                      | stays down, no rollback; put back if wiki fails
        GO_ON           | 2  | 5  | 0 | NOTHING -    | 3 start                                                              | ''
        GO_ON           | 2  | 2  | 0 | NOTHING -    | go on                                                                | ''
        GO_ON           | 0  | 0  | 0 | NOTHING -    | none run                                                             | ''
        """)
    void each_way_has_its_words(
            Way way, int before, int after, int atATime, String failing, String tasks, String fails) {
        var parts = failing.split(" ");
        @Nullable String watched = parts[1].endsWith("s") ? parts[1] : null;
        var told = new Replacement(
                way,
                before,
                after,
                atATime,
                List.of(),
                Failing.valueOf(parts[0]),
                watched,
                List.of("wiki"),
                parts[1].equals("back") ? List.of("wiki") : List.of());
        assertThat(WORDS.tasks(told)).isEqualTo(tasks);
        assertThat(WORDS.fails(told)).isEqualTo(fails);
    }
}
