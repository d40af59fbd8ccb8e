package dev.holdfast.migrate;

import dev.holdfast.app.App;
import dev.holdfast.app.ComposeValues;
import dev.holdfast.app.FileReference;
import dev.holdfast.app.NetworkAttachment;
import dev.holdfast.app.StackExtension;
import dev.holdfast.app.StackExtensions;
import dev.holdfast.compose.ComposeFileUse;
import dev.holdfast.compose.ComposeService;
import dev.holdfast.compose.StackFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/// One service of a stack as an app file.
final class ComposeDraft {

    /// How the value of a variable whose name says secret is written.
    interface SecretText {
        String of(String app, String name, String real, String withMarks);
    }

    private final StackFile stack;
    private final ComposeService service;
    private final ComposeService marked;
    private final StackExtension words;
    private final StackExtension markedWords;
    private final ComposeObjects objects;
    private final BinaryOperator<String> text;
    private final SecretText secret;
    private final List<Imported.Note> notes;
    private final Draft draft;

    /// A service as it was read, with the words of Holdfast.
    ///
    /// @param marked the same service with marks in the place of variables
    record Read(ComposeService service, ComposeService marked, StackExtension words, StackExtension markedWords) {}

    ComposeDraft(
            StackFile stack,
            Read read,
            ComposeObjects objects,
            BinaryOperator<String> text,
            SecretText secret,
            List<Imported.Note> notes) {
        this.stack = stack;
        this.service = read.service();
        this.marked = read.marked();
        this.words = read.words();
        this.markedWords = read.markedWords();
        this.objects = objects;
        this.text = text;
        this.secret = secret;
        this.notes = notes;
        this.draft = new Draft(stack.scoped(service.name()));
    }

    private void note(String message) {
        note("", message);
    }

    private void note(String key, String message) {
        notes.add(new Imported.Note(draft.name(), key, message));
    }

    Draft draft() {
        draft.put("image", text.apply(service.image(), marked.image()));
        process();
        draft.put("environment", environment());
        draft.put("labels", labels(service.labels(), marked.labels()));
        networks();
        draft.putAll("ports", ComposeValues.ports(service));
        healthcheck();
        around();
        new ComposeDeployDraft(
                        service.deploy(),
                        labels(service.deploy().labels(), marked.deploy().labels()),
                        draft)
                .put();
        draft.putAll(
                "secrets",
                service.secrets().stream().map(use -> reference("secrets", use)).toList());
        var configs = new ArrayList<>(
                service.configs().stream().map(use -> reference("configs", use)).toList());
        configs.addAll(new ComposeMountsDraft(service, words, objects, draft, notes).put());
        draft.putAll("configs", configs);
        words();
        service.extensions().keySet().stream()
                .filter(key -> !key.equals(StackExtension.KEY))
                .forEach(key -> note(key, "%s is left out".formatted(key)));
        return draft;
    }

    /// What Holdfast is told; what it is told of the mounts is in these.
    private void words() {
        var before = new LinkedHashSet<String>();
        service.dependsOn().stream().map(stack::scoped).forEach(before::add);
        before.addAll(words.dependsOn());
        draft.put("depends_on", before);
        var node = either(words.node(), markedWords.node());
        if (node != null) {
            draft.node(node);
        }
        draft.leave(words.leave(), either(words.leaveDataOn(), markedWords.leaveDataOn()));
        if (words.eachNode()) {
            draft.eachNode();
        }
        putValue("schedule", words.schedule());
        putValue("before", words.before());
        putValue("after", words.after());
        if (!words.timeout().equals(StackExtension.NONE.timeout())) {
            draft.putValue("timeout", words.timeout());
        }
        var policy = StackExtensions.imagePolicy(service, words);
        if (!policy.equals(App.PINNED)) {
            draft.put("image_policy", policy);
        }
        draft.put("ignore_drift", words.ignoreDrift());
        flag("adopt", words.adopt());
    }

    private void putValue(String key, @Nullable Object value) {
        if (value != null) {
            draft.putValue(key, value);
        }
    }

    private void process() {
        var process = service.process();
        var other = marked.process();
        draft.put("command", texts(process.command(), other.command()));
        draft.put("entrypoint", texts(process.entrypoint(), other.entrypoint()));
        draft.put("user", either(process.user(), other.user()));
        draft.put("working_dir", either(process.workingDir(), other.workingDir()));
        draft.put("hostname", either(process.hostname(), other.hostname()));
        draft.put("stop_signal", process.stopSignal());
        draft.put("isolation", process.isolation());
        if (process.stopGracePeriod() != null) {
            draft.putValue("stop_grace_period", process.stopGracePeriod());
        }
        if (process.init() != null) {
            draft.putValue("init", process.init());
        }
        flag("tty", process.tty());
        flag("stdin_open", process.stdinOpen());
        flag("read_only", process.readOnly());
    }

    private void flag(String key, boolean value) {
        if (value) {
            draft.putValue(key, true);
        }
    }

    private @Nullable String either(@Nullable String real, @Nullable String withMarks) {
        return real == null || withMarks == null ? real : text.apply(real, withMarks);
    }

    private List<String> texts(List<String> real, List<String> withMarks) {
        if (real.size() != withMarks.size()) {
            return real;
        }
        var texts = new ArrayList<String>();
        for (var i = 0; i < real.size(); i++) {
            texts.add(text.apply(real.get(i), withMarks.get(i)));
        }
        return texts;
    }

    private Map<String, String> texts(Map<String, String> real, Map<String, String> withMarks) {
        var texts = new LinkedHashMap<String, String>();
        real.forEach((key, value) -> texts.put(key, text.apply(value, withMarks.getOrDefault(key, value))));
        return texts;
    }

    /// Without those that Docker's client writes over whatever the file says.
    private Map<String, String> labels(Map<String, String> real, Map<String, String> withMarks) {
        var labels = texts(real, withMarks);
        if (labels.keySet().removeIf(label -> label.startsWith("com.docker.stack."))) {
            note(
                    "labels",
                    "labels that begin with com.docker.stack. are left out: they are written by whoever deploys");
        }
        return labels;
    }

    private Map<String, String> environment() {
        var environment = new LinkedHashMap<String, String>();
        service.environment().forEach((name, value) -> {
            if (value.isEmpty()) {
                note("environment." + name, "environment.%s has no value, and is left out".formatted(name));
                return;
            }
            var real = value.get();
            var other = marked.environment().getOrDefault(name, value).orElse(real);
            environment.put(
                    name,
                    SecretValues.is(name, real) ? secret.of(draft.name(), name, real, other) : text.apply(real, other));
        });
        return environment;
    }

    private void networks() {
        var networks = new LinkedHashMap<String, NetworkAttachment>();
        for (var use : service.networks()) {
            var name = objects.network(use.network());
            networks.put(name, ComposeValues.attachment(service, use, name));
        }
        draft.putValue("networks", networks);
    }

    private void healthcheck() {
        var check = service.healthcheck();
        if (check != null) {
            var disabled = check.test().equals(List.of("NONE"));
            draft.putValue("healthcheck", ComposeValues.healthcheck(check, disabled));
        }
    }

    private void around() {
        var around = service.surroundings();
        draft.putAll("extra_hosts", ComposeValues.extraHosts(service));
        draft.put("dns", around.dns());
        draft.put("dns_search", around.dnsSearch());
        draft.putAll("cap_add", around.capAdd());
        draft.putAll("cap_drop", around.capDrop());
        draft.put("sysctls", around.sysctls());
        var ulimits = ComposeValues.ulimits(service);
        if (!ulimits.isEmpty()) {
            draft.putValue("ulimits", ulimits);
        }
        var logging = ComposeValues.logging(service);
        if (logging != null) {
            draft.putValue("logging", logging);
        }
        if (around.credentialSpec() != null) {
            note("credential_spec", "credential_spec is left out: Holdfast does not manage Windows credential specs");
        }
    }

    private FileReference reference(String kind, ComposeFileUse use) {
        var source = objects.content(kind, use.source());
        return new FileReference(
                source,
                use.target().equals(source) ? null : use.target(),
                use.uid().equals("0") ? null : use.uid(),
                use.gid().equals("0") ? null : use.gid(),
                use.mode() == 0444 ? null : use.mode());
    }
}
