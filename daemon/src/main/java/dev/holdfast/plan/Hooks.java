package dev.holdfast.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.app.Hook;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Service;
import dev.holdfast.spec.HookSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which tasks run before and after the changes of a plan, and which of earlier ones are cleared away.
final class Hooks {

    private final Situation situation;
    private final Set<String> held;

    /// @param held apps that are left as they are
    Hooks(Situation situation, Set<String> held) {
        this.situation = situation;
        this.held = held;
    }

    /// @param changes all of the plan
    Plan.Hooks of(Collection<AppDraft> drafts, List<Change> changes) {
        var changed = changes.stream()
                .filter(change -> change instanceof Change.CreateService || change instanceof Change.UpdateService)
                .map(Change::app)
                .collect(Collectors.toSet());
        var runs = new ArrayList<HookRun>();
        for (var draft : drafts) {
            var app = draft.app().name();
            if (!held.contains(app) && draft.failed() == null && draft.spec() != null) {
                before(draft, changed.contains(app)).ifPresent(runs::add);
                after(draft, changed.contains(app)).ifPresent(runs::add);
            }
        }
        return new Plan.Hooks(List.copyOf(runs), leftovers(drafts, runs));
    }

    private static Optional<HookRun> before(AppDraft draft, boolean changed) {
        var live = draft.service() == null
                ? ""
                : HookSpec.change(draft.service().spec()).orElse("");
        return changed ? run(draft, Hook.When.BEFORE, live, false) : Optional.empty();
    }

    private static Optional<HookRun> after(AppDraft draft, boolean changed) {
        var service = draft.service();
        if (!changed && (service == null || draft.verb() != AppDraft.Verb.NOTHING)) {
            return Optional.empty();
        }
        return run(
                draft,
                Hook.When.AFTER,
                service == null ? "" : HookSpec.done(service.spec()).orElse(""),
                !changed);
    }

    /// @param done for which change it has run
    private static Optional<HookRun> run(AppDraft draft, Hook.When when, String done, boolean late) {
        var app = draft.app();
        var hook = when.of(app);
        var spec = draft.spec();
        if (hook == null || spec == null) {
            return Optional.empty();
        }
        return HookSpec.change(spec)
                .filter(change -> !change.equals(done))
                .map(change -> new HookRun(
                        app.name(),
                        when,
                        change,
                        hook.words(),
                        late,
                        HookSpec.of(app, hook, when, spec, image(draft, spec)),
                        hook.timeout()));
    }

    private static String image(AppDraft draft, ObjectNode spec) {
        var sent = draft.difference() == null ? spec : draft.difference().toSend();
        return sent.path("TaskTemplate").path("ContainerSpec").path("Image").asText();
    }

    /// Whether the hook of afterwards has run for just this change and failed: its service is still there. What the
    /// ledger says of the app is about that, then.
    static boolean hasFailedAfter(Situation situation, AppDraft.Verb verb, @Nullable Service service, ObjectNode spec) {
        if (verb != AppDraft.Verb.NOTHING || service == null) {
            return false;
        }
        var change = HookSpec.change(spec);
        return change.isPresent()
                && !change.equals(HookSpec.done(service.spec()))
                && situation
                        .live()
                        .service(Hook.When.AFTER.service(service.name()))
                        .filter(hook -> isOurs(hook, situation.cluster())
                                && HookSpec.change(hook.spec()).equals(change))
                        .isPresent();
    }

    private static boolean isOurs(Service service, String cluster) {
        return service.isHook() && service.label(Labels.HOOK_CLUSTER).equals(Optional.of(cluster));
    }

    /// Services of hooks that nobody asks for any more. That of a failed one stays for whoever wants to read its
    /// log, and that of one that is due is taken over.
    private List<Plan.LeftHook> leftovers(Collection<AppDraft> drafts, List<HookRun> runs) {
        if (!situation.desired().complete()) {
            return List.of();
        }
        var kept = runs.stream().map(HookRun::service).collect(Collectors.toSet());
        for (var draft : drafts) {
            if (draft.failed() != null || held.contains(draft.app().name())) {
                for (var when : Hook.When.values()) {
                    kept.add(when.service(draft.app().name()));
                }
            }
        }
        return situation.live().services().stream()
                .filter(service -> isOurs(service, situation.cluster()) && !kept.contains(service.name()))
                .map(service ->
                        new Plan.LeftHook(service.labels().getOrDefault(Labels.HOOK, ""), service.id(), service.name()))
                .toList();
    }
}
