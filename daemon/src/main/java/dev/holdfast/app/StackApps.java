package dev.holdfast.app;

import dev.holdfast.compose.ComposeService;
import dev.holdfast.compose.StackFile;
import dev.holdfast.yaml.Constraints;
import dev.holdfast.yaml.Problems;
import dev.holdfast.yaml.Reading;
import dev.holdfast.yaml.RecordForm;
import dev.holdfast.yaml.Words;
import dev.holdfast.yaml.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// From the services of a stack file to apps, each called `<stack>_<service>`.
final class StackApps {

    private final StackFile stack;
    private final StackSettings settings;
    private final Predicate<String> written;
    private final Problems problems;
    private final List<StackExtension> extensions = new ArrayList<>();

    /// @param written whether some app of the repository writes that host path, or one above or below it
    StackApps(StackFile stack, StackSettings settings, Predicate<String> written, Problems problems) {
        this.stack = stack;
        this.settings = settings;
        this.written = written;
        this.problems = problems;
    }

    /// The key under which the repository has a network, secret or config of a stack.
    static String key(String stack, String key) {
        return stack + "/" + key;
    }

    /// One for each service, those included that could not be read.
    List<AppDocument> documents() {
        var documents = new ArrayList<AppDocument>();
        for (var name : stack.names()) {
            var service = stack.services().get(name);
            documents.add(service == null ? unread(name) : document(service));
        }
        return documents;
    }

    /// What Holdfast is told of its services. Known once there are documents.
    List<StackExtension> extensions() {
        return extensions;
    }

    private AppDocument unread(String name) {
        var whole = new Yaml.Mapping(new Yaml.Place(stack.files().getFirst(), 1, 1), List.of());
        return AppDocument.ofStack(
                stack.files(), 1, stack.scoped(name), null, new Reading(problems, whole, RecordForm.of(App.class)));
    }

    private AppDocument document(ComposeService service) {
        var name = stack.scoped(service.name());
        var reading = reading(service);
        var extension = extension(service);
        extensions.add(extension);
        var mounts = new StackMounts(stack, service, extension, written, problems);
        var app = app(name, service, extension, mounts);
        return AppDocument.ofStack(stack.files(), service.at().line(), name, app, reading);
    }

    /// One that knows where the keys of the service stand.
    private Reading reading(ComposeService service) {
        var whole = new Yaml.Mapping(service.at(), List.of());
        var reading = new Reading(problems, whole, RecordForm.of(App.class), "services." + service.name());
        service.places().byPath().forEach(reading::remember);
        return reading;
    }

    /// What `x-holdfast` says; nothing of it where it is wrong.
    private StackExtension extension(ComposeService service) {
        var node = service.extensions().get(StackExtension.KEY);
        if (node == null) {
            return StackExtension.NONE;
        }
        var form = RecordForm.of(StackExtension.class);
        var path = "services." + service.name() + "." + StackExtension.KEY;
        var reading = new Reading(problems, node, form, path);
        var read = form.read(node, reading.start());
        if (read == null) {
            return StackExtension.NONE;
        }
        Constraints.check(read, reading);
        if (!read.timeout().isPositive()) {
            reading.error("timeout", "must be longer than 0s");
        }
        meant(service, read, reading);
        return read;
    }

    /// Words that name a volume or path which the service does not have are mistyped.
    private void meant(ComposeService service, StackExtension read, Reading reading) {
        var known = new ArrayList<String>();
        for (var mount : service.mounts()) {
            known.addAll(StackMounts.words(mount));
        }
        check("scratch", read.scratch(), known, reading);
        check("shared", read.shared(), known, reading);
        check("with", List.copyOf(read.with().keySet()), known, reading);
    }

    private void check(String key, List<String> words, List<String> known, Reading reading) {
        for (var word : words) {
            var source = StackMounts.source(stack, word);
            if (known.stream().noneMatch(each -> StackMounts.source(stack, each).equals(source))) {
                reading.error(key, "the service mounts no \"%s\"%s".formatted(word, Words.didYouMean(word, known)));
            }
        }
    }

    private App app(String name, ComposeService service, StackExtension extension, StackMounts mounts) {
        var process = service.process();
        var around = service.surroundings();
        var set = new LinkedHashMap<String, String>();
        var unset = new ArrayList<String>();
        service.environment()
                .forEach((variable, value) ->
                        value.ifPresentOrElse(text -> set.put(variable, text), () -> unset.add(variable)));
        var check = service.healthcheck();
        return new App(
                name,
                service.image(),
                process.command(),
                process.entrypoint(),
                set,
                service.labels(),
                networks(service),
                ComposeValues.ports(service),
                check == null ? null : ComposeValues.healthcheck(check, false),
                process.user(),
                process.workingDir(),
                process.hostname(),
                process.init(),
                process.readOnly(),
                process.tty(),
                process.stdinOpen(),
                mounts.tmpfs,
                process.stopSignal(),
                process.stopGracePeriod(),
                ComposeValues.extraHosts(service),
                around.dns(),
                around.dnsSearch(),
                around.capAdd(),
                around.capDrop(),
                around.sysctls(),
                ComposeValues.ulimits(service),
                null,
                ComposeValues.logging(service),
                process.isolation(),
                null,
                StackDeploys.of(service.deploy()),
                files(service.secrets()),
                files(service.configs()),
                mounts.hostPaths,
                mounts.scratch,
                persistent(extension, mounts),
                extension.dependsOn().stream().map(this::app).toList(),
                extension.timeout(),
                extension.ignoreDrift(),
                settings.adopt() || extension.adopt(),
                new StackService(
                        stack.stack(),
                        service.name(),
                        List.copyOf(mounts.mounts),
                        keys(service),
                        unset,
                        credentialSpec(service),
                        settings.adopt()));
    }

    private Map<String, String> keys(ComposeService service) {
        var keys = new LinkedHashMap<String, String>();
        service.mounts().stream()
                .map(StackMounts::words)
                .flatMap(List::stream)
                .forEach(word -> keys.putIfAbsent(StackMounts.source(stack, word), word));
        return keys;
    }

    /// Another service of the same stack by its short name, or any app.
    private String app(String word) {
        return stack.names().contains(word) ? stack.scoped(word) : word;
    }

    private @Nullable Persistent persistent(StackExtension extension, StackMounts mounts) {
        var leave = extension.leave().stream()
                .map(word -> StackMounts.source(stack, word))
                .toList();
        return mounts.directories.isEmpty() && leave.isEmpty() && extension.leaveDataOn() == null
                ? null
                : new Persistent(
                        extension.node(),
                        List.copyOf(mounts.directories),
                        leave,
                        extension.leaveDataOn(),
                        extension.eachNode());
    }

    private Map<String, NetworkAttachment> networks(ComposeService service) {
        var networks = new LinkedHashMap<String, NetworkAttachment>();
        for (var use : service.networks()) {
            var declared = stack.networks().get(use.network());
            networks.put(
                    key(stack.stack(), use.network()),
                    ComposeValues.attachment(service, use, declared == null ? null : declared.name()));
        }
        return networks;
    }

    private List<FileReference> files(List<dev.holdfast.compose.ComposeFileUse> uses) {
        return uses.stream()
                .map(use -> new FileReference(
                        key(stack.stack(), use.source()), use.target(), use.uid(), use.gid(), use.mode()))
                .toList();
    }

    private StackService.@Nullable CredentialSpec credentialSpec(ComposeService service) {
        var given = service.surroundings().credentialSpec();
        return given == null
                ? null
                : new StackService.CredentialSpec(
                        given.config() == null ? null : key(stack.stack(), given.config()),
                        given.file(),
                        given.registry());
    }
}
