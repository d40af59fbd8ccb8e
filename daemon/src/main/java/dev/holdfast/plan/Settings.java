package dev.holdfast.plan;

import dev.holdfast.app.App;
import dev.holdfast.app.Desired;
import dev.holdfast.app.Desired.DeclaredApp;
import dev.holdfast.app.Hook;
import dev.holdfast.app.Repository;
import dev.holdfast.value.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Compares what two states of a repository say to Holdfast alone: keys that are in no service's spec.
public final class Settings {

    private Settings() {}

    /// Of `holdfast.yaml`, and of apps that both have: what a new app says is all new.
    public static List<SettingChange> changed(Desired before, Desired after) {
        var changes = new ArrayList<>(compare("", of(before.repository()), of(after.repository())));
        Map<String, App> earlier = before.apps().stream()
                .map(DeclaredApp::app)
                .collect(Collectors.toMap(App::name, Function.identity(), (one, other) -> one));
        for (var declared : after.apps()) {
            var app = declared.app();
            var old = earlier.get(app.name());
            if (old != null) {
                changes.addAll(compare(app.name(), of(old), of(app)));
            }
        }
        return List.copyOf(changes);
    }

    private static List<SettingChange> compare(
            String app, SortedMap<String, String> before, SortedMap<String, String> after) {
        var paths = new TreeMap<>(before);
        paths.putAll(after);
        return paths.keySet().stream()
                .filter(path -> !Objects.equals(before.get(path), after.get(path)))
                .map(path -> new SettingChange(app, path, before.get(path), after.get(path)))
                .toList();
    }

    private static SortedMap<String, String> of(App app) {
        var keys = new TreeMap<String, String>();
        keys.put("timeout", duration(app.timeout()));
        keys.put("image_policy", app.imagePolicy());
        var schedule = app.schedule();
        if (schedule != null) {
            keys.put("schedule.concurrency", schedule.concurrency());
            keys.put("schedule.catch_up", String.valueOf(schedule.catchUp()));
            if (schedule.deadline() != null) {
                keys.put("schedule.deadline", duration(schedule.deadline()));
            }
        }
        for (var when : Hook.When.values()) {
            var hook = when.of(app);
            if (hook != null) {
                keys.put(when.word() + ".timeout", duration(hook.timeout()));
            }
        }
        put(keys, "depends_on", app.dependsOn());
        put(keys, "ignore_drift", app.ignoreDrift());
        if (app.adopt()) {
            keys.put("adopt", "true");
        }
        var persistent = app.persistent();
        if (persistent != null) {
            put(keys, "persistent.leave", persistent.leave());
            if (persistent.leaveDataOn() != null) {
                keys.put("persistent.leave_data_on", persistent.leaveDataOn());
            }
        }
        return keys;
    }

    private static SortedMap<String, String> of(Repository repository) {
        var keys = new TreeMap<String, String>();
        keys.put("brakes.max_removals", repository.brakes().maxRemovals() + "%");
        put(keys, "brakes.allow_removals", repository.brakes().allowRemovals());
        keys.put("survey.image", repository.survey().image());
        keys.put("survey.socket", repository.survey().socket());
        put(keys, "orphans.ignore", repository.orphans().ignore());
        return keys;
    }

    private static void put(SortedMap<String, String> keys, String path, List<String> values) {
        if (!values.isEmpty()) {
            keys.put(path, values.stream().sorted().collect(Collectors.joining(", ", "[", "]")));
        }
    }

    private static String duration(Duration duration) {
        return Durations.text(duration.toNanos());
    }
}
