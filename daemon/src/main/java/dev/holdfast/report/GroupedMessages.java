package dev.holdfast.report;

import dev.holdfast.plan.Hold;
import dev.holdfast.plan.Plan;
import dev.holdfast.plan.SettingChange;
import dev.holdfast.plan.Warning;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What is said of several apps in the same words is said once.
///
/// @param apps that it is said of; an empty one is the repository
/// @param words of no app
record GroupedMessages<T>(List<String> apps, T words) {

    /// With the cause, where the hold is that no file declares the app any more.
    static List<GroupedMessages<Hold>> holds(Plan plan) {
        return of(plan.holds(), Hold::app, hold -> {
            var cause = plan.causes().get(hold.app());
            var message = hold.message() + (cause == null ? "" : "; " + cause);
            return new Hold("", hold.code(), message, hold.allow(), hold.waiting(), hold.then());
        });
    }

    static List<GroupedMessages<Warning>> warnings(List<Warning> warnings) {
        return of(
                warnings,
                Warning::app,
                warning -> new Warning("", warning.code(), warning.message(), warning.depends()));
    }

    /// One line of the defaults changes many apps.
    static List<GroupedMessages<SettingChange>> settings(List<SettingChange> settings) {
        return of(
                settings,
                SettingChange::app,
                setting -> new SettingChange("", setting.path(), setting.before(), setting.after()));
    }

    private static <T> List<GroupedMessages<T>> of(List<T> all, Function<T, String> app, Function<T, T> words) {
        var same = new LinkedHashMap<T, List<String>>();
        for (var one : all) {
            var apps = same.computeIfAbsent(words.apply(one), _ -> new ArrayList<>());
            if (!apps.contains(app.apply(one))) {
                apps.add(app.apply(one));
            }
        }
        return same.entrySet().stream()
                .map(entry -> new GroupedMessages<>(List.copyOf(entry.getValue()), entry.getKey()))
                .toList();
    }

    String names(Function<String, String> name) {
        return apps.stream().map(name).collect(Collectors.joining(", "));
    }
}
