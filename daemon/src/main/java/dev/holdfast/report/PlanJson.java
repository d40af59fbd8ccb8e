package dev.holdfast.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.plan.Created;
import dev.holdfast.plan.HookRun;
import dev.holdfast.plan.Plan;
import dev.holdfast.plan.Replacement;
import dev.holdfast.plan.SettingChange;
import java.util.List;

/// The parts of a plan's JSON that tell what to expect of it.
final class PlanJson {

    private PlanJson() {}

    static void add(ObjectNode json, Replacement replacement) {
        json.put("way", replacement.way().word());
        if (replacement.before() != Replacement.EACH_NODE) {
            json.put("before", replacement.before()).put("after", replacement.after());
        }
        if (replacement.atATime() > 0) {
            json.put("atATime", replacement.atATime());
        }
        json.put("gap", replacement.hasGap());
        if (replacement.least() >= 0 && replacement.before() != Replacement.EACH_NODE) {
            json.put("least", replacement.least());
        }
        json.put("ifItFails", replacement.failing().word());
        if (replacement.watched() != null) {
            json.put("watched", replacement.watched());
        }
        put(json, "with", replacement.with());
        put(json, "putBackIf", replacement.putBackIf());
    }

    static void add(ObjectNode json, Created created) {
        json.put("image", created.image()).put("instances", Counts.instances(created));
        put(json, "ports", created.ports());
        put(json, "networks", created.networks());
        put(json, "data", created.data());
        put(json, "placement", created.placement());
        put(json, "files", created.files());
    }

    /// Beside the change of an app, what runs before and after it.
    static void addHooks(ObjectNode json, List<HookRun> runs) {
        if (!runs.isEmpty()) {
            var hooks = json.putArray("hooks");
            runs.forEach(run -> hook(hooks.addObject(), run));
        }
    }

    /// What runs though its app is not changed, since an earlier run has not come to it.
    static void addLateHooks(ObjectNode json, Plan plan) {
        var late = HookText.late(plan);
        if (!late.isEmpty()) {
            var hooks = json.putArray("lateHooks");
            late.forEach(run -> hook(hooks.addObject().put("app", run.app()), run));
        }
    }

    private static void hook(ObjectNode json, HookRun run) {
        json.put("when", run.when().word()).put("runs", HookText.what(run)).put("service", run.service());
    }

    static void addSettings(ObjectNode json, List<SettingChange> settings) {
        if (settings.isEmpty()) {
            return;
        }
        var array = json.putArray("settings");
        for (var setting : settings) {
            var one = array.addObject();
            if (!setting.app().isEmpty()) {
                one.put("app", setting.app());
            }
            one.put("path", setting.path());
            if (setting.before() != null) {
                one.put("old", setting.before());
            }
            if (setting.after() != null) {
                one.put("new", setting.after());
            }
        }
    }

    private static void put(ObjectNode json, String key, List<String> values) {
        if (!values.isEmpty()) {
            values.forEach(json.putArray(key)::add);
        }
    }
}
