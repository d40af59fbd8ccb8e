package dev.holdfast.app;

import dev.holdfast.value.Cron;
import dev.holdfast.yaml.At;
import dev.holdfast.yaml.Form;
import dev.holdfast.yaml.RecordForm;
import dev.holdfast.yaml.TextForms;
import dev.holdfast.yaml.Words;
import dev.holdfast.yaml.Yaml;
import dev.holdfast.yaml.YamlTree;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The key `schedule`: a cron expression, or a mapping that says more.
final class ScheduleForm implements Form<Schedule> {

    private static final RecordForm<Schedule> SECTION = RecordForm.of(Schedule.class);

    @Override
    public RecordForm<?> section() {
        return SECTION;
    }

    @Override
    public @Nullable Schedule read(Yaml node, At at) {
        if (node instanceof Yaml.Scalar scalar) {
            return scalar.isText()
                    ? checked(Schedule.at(scalar.text()), at, at.path())
                    : at.wrongValue(node, "must be a cron expression such as \"0 2 * * *\", or a mapping with cron");
        }
        var schedule = SECTION.read(node, at);
        return schedule == null || at.reading().hasFailedBelow(at.path())
                ? schedule
                : checked(schedule, at, at.path() + ".cron");
    }

    private static Schedule checked(Schedule schedule, At at, String cron) {
        try {
            Cron.parse(schedule.cron());
        } catch (IllegalArgumentException e) {
            at.reading().error(cron, e.getMessage() + at.reading().got(cron, schedule.cron()));
        }
        try {
            ZoneId.of(schedule.timeZone());
        } catch (DateTimeException e) {
            at.reading()
                    .error(
                            at.path() + ".time_zone",
                            "must be a time zone such as Europe/Berlin or UTC"
                                    + at.reading().got(at.path() + ".time_zone", schedule.timeZone())
                                    + Words.didYouMean(schedule.timeZone(), ZoneId.getAvailableZoneIds()));
        }
        if (schedule.deadline() != null && !schedule.deadline().isPositive()) {
            at.reading().error(at.path() + ".deadline", "must be longer than 0s");
        }
        return schedule;
    }

    @Override
    public Yaml write(Schedule schedule) {
        return schedule.equals(Schedule.at(schedule.cron())) ? YamlTree.text(schedule.cron()) : SECTION.write(schedule);
    }

    @Override
    public Map<String, Object> schema() {
        return ShortForms.either(Map.of("type", "string", "minLength", 1), SECTION);
    }

    /// `forbid` or `replace`. What others have as a third word is named, not taken for a slip.
    static final class Concurrency implements Form<String> {

        private static final TextForms.Choice WORDS = new TextForms.Choice(List.of("forbid", "replace"));

        @Override
        public @Nullable String read(Yaml node, At at) {
            return node instanceof Yaml.Scalar scalar && scalar.text().equals("allow")
                    ? at.wrong(
                            node,
                            "allow: runs side by side cannot be had, since an app is one service, which Swarm runs once"
                                    + " at a time; write forbid or replace, or make a second app of it")
                    : WORDS.read(node, at);
        }

        @Override
        public Map<String, Object> schema() {
            return WORDS.schema();
        }
    }
}
