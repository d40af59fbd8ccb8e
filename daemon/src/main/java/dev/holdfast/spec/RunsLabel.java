package dev.holdfast.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Service;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The service label that tells the last runs of a scheduled app, the newest first, as JSON. It is written with the
/// very update that starts a run, so nobody else can start the same one: the version of the service is another by then.
///
/// @param runs at most [#MOST]
public record RunsLabel(List<Run> runs) {

    private static final int MOST = 10;
    private static final int LONGEST_ERROR = 300;
    private static final ObjectMapper JSON = new ObjectMapper();

    public static final RunsLabel NONE = new RunsLabel(List.of());

    public RunsLabel {
        runs = List.copyOf(runs.subList(0, Math.min(MOST, runs.size())));
    }

    public enum Result {
        SUCCEEDED,
        FAILED,
        SKIPPED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// @param scheduled the time that it was due; of one that a person asked for, when that was
    /// @param byHand whether a person asked for it
    /// @param started null where it was skipped
    /// @param ended null while it goes on
    /// @param result null while it goes on
    /// @param exitCode of its last task; null where that has none
    /// @param error why it failed or was skipped; null where neither
    public record Run(
            Instant scheduled,
            boolean byHand,
            @Nullable Instant started,
            @Nullable Instant ended,
            @Nullable Result result,
            @Nullable Integer exitCode,
            @Nullable String error) {

        public Run {
            error = error == null || error.length() <= LONGEST_ERROR ? error : error.substring(0, LONGEST_ERROR) + "…";
        }

        public static Run begun(Instant scheduled, boolean byHand, Instant started) {
            return new Run(scheduled, byHand, started, null, null, null, null);
        }

        public static Run skipped(Instant scheduled, String why) {
            return new Run(scheduled, false, null, null, Result.SKIPPED, null, why);
        }

        public Run ended(Instant when, Result how, @Nullable Integer code, @Nullable String why) {
            return new Run(scheduled, byHand, started, when, how, code, why);
        }

        public Run saying(String why) {
            return new Run(scheduled, byHand, started, ended, result, exitCode, why);
        }

        public boolean isOpen() {
            return result == null;
        }
    }

    /// What cannot be read, as where somebody has written the label by hand, is no run.
    public static RunsLabel read(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return NONE;
        }
        try {
            var runs = new ArrayList<Run>();
            for (var node : JSON.readTree(text)) {
                run(node).ifPresent(runs::add);
            }
            return new RunsLabel(runs);
        } catch (JsonProcessingException notOurs) {
            return NONE;
        }
    }

    public static RunsLabel of(Service service) {
        return read(service.labels().get(Labels.RUNS));
    }

    private static Optional<Run> run(JsonNode node) {
        var scheduled = time(node.path("scheduled"));
        if (scheduled == null) {
            return Optional.empty();
        }
        var word = node.path("result").asText();
        Result result = null;
        for (var each : Result.values()) {
            result = each.word().equals(word) ? each : result;
        }
        return Optional.of(new Run(
                scheduled,
                node.path("byHand").asBoolean(),
                time(node.path("started")),
                time(node.path("ended")),
                result,
                node.path("exitCode").isInt()
                        ? Integer.valueOf(node.path("exitCode").asInt())
                        : null,
                node.path("error").isTextual() ? node.path("error").asText() : null));
    }

    private static @Nullable Instant time(JsonNode node) {
        try {
            return node.isTextual() ? Instant.parse(node.asText()) : null;
        } catch (DateTimeException notOurs) {
            return null;
        }
    }

    public String write() {
        var list = JSON.createArrayNode();
        for (var run : runs) {
            var node = list.addObject().put("scheduled", run.scheduled().toString());
            if (run.byHand()) {
                node.put("byHand", true);
            }
            if (run.started() != null) {
                node.put("started", run.started().toString());
            }
            if (run.ended() != null) {
                node.put("ended", run.ended().toString());
            }
            if (run.result() != null) {
                node.put("result", run.result().word());
            }
            if (run.exitCode() != null) {
                node.put("exitCode", run.exitCode());
            }
            if (run.error() != null) {
                node.put("error", run.error());
            }
        }
        return list.toString();
    }

    /// The same with one more run.
    public RunsLabel with(Run newest) {
        var all = new ArrayList<>(List.of(newest));
        all.addAll(runs);
        return new RunsLabel(all);
    }

    /// The same with that run in place of one that was due at the same time.
    public RunsLabel replacing(Run changed) {
        return new RunsLabel(runs.stream()
                .map(run -> run.isOpen() && run.scheduled().equals(changed.scheduled()) ? changed : run)
                .toList());
    }

    /// The run that goes on, as far as anybody has written.
    public Optional<Run> open() {
        return runs.stream().filter(Run::isOpen).findFirst();
    }

    /// The last run that has come to an end.
    public Optional<Run> last() {
        return runs.stream().filter(run -> run.ended() != null).findFirst();
    }
}
