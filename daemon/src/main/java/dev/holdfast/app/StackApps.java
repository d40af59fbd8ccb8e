package dev.holdfast.app;

import dev.holdfast.compose.ComposeProcess;
import dev.holdfast.compose.ComposeService;
import dev.holdfast.compose.StackFile;
import dev.holdfast.yaml.Problems;
import dev.holdfast.yaml.Reading;
import dev.holdfast.yaml.RecordForm;
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
    private final RelativeSources relative;
    private final Problems problems;
    private final List<StackExtension> extensions = new ArrayList<>();

    /// @param written whether some app of the repository writes that host path, or one above or below it
    /// @param relative what lies beside the file
    StackApps(
            StackFile stack,
            StackSettings settings,
            Predicate<String> written,
            RelativeSources relative,
            Problems problems) {
        this.stack = stack;
        this.settings = settings;
        this.written = written;
        this.relative = relative;
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
        var extension = StackExtensions.read(stack, service, problems);
        extensions.add(extension);
        var policy = service.deploy().labels().get(StackExtensions.IMAGE_POLICY);
        if (policy != null && !List.of(App.PINNED, App.FOLLOW).contains(policy)) {
            reading.error("deploy.labels", "the label " + StackExtensions.IMAGE_POLICY + " must be pinned or follow");
        }
        var mounts = new StackMounts(stack, service, extension, written, relative, problems);
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

    private App app(String name, ComposeService service, StackExtension extension, StackMounts mounts) {
        var set = new LinkedHashMap<String, String>();
        var unset = new ArrayList<String>();
        service.environment()
                .forEach((variable, value) ->
                        value.ifPresentOrElse(text -> set.put(variable, text), () -> unset.add(variable)));
        var check = service.healthcheck();
        var parts = new AppParts(StackDeploys.of(service.deploy()));
        parts.name = name;
        parts.image = service.image();
        parts.environment = set;
        parts.labels = service.labels();
        parts.networks = networks(service);
        parts.ports = ComposeValues.ports(service);
        parts.healthcheck = check == null ? null : ComposeValues.healthcheck(check, false);
        parts.logging = ComposeValues.logging(service);
        parts.secrets = files(service.secrets());
        parts.configs = files(service.configs());
        process(parts, service.process());
        surroundings(parts, service);
        mounts(parts, extension, mounts);
        parts.dependsOn = extension.dependsOn();
        parts.schedule = extension.schedule();
        parts.before = extension.before();
        parts.after = extension.after();
        parts.timeout = extension.timeout();
        parts.imagePolicy = StackExtensions.imagePolicy(service, extension);
        parts.ignoreDrift = extension.ignoreDrift();
        parts.adopt = settings.adopt() || extension.adopt();
        parts.stack = new StackService(
                stack.stack(),
                service.name(),
                List.copyOf(mounts.mounts),
                keys(service),
                unset,
                credentialSpec(service),
                settings.adopt());
        return parts.app();
    }

    private static void process(AppParts parts, ComposeProcess process) {
        parts.command = process.command();
        parts.entrypoint = process.entrypoint();
        parts.user = process.user();
        parts.workingDir = process.workingDir();
        parts.hostname = process.hostname();
        parts.init = process.init();
        parts.readOnly = process.readOnly();
        parts.tty = process.tty();
        parts.stdinOpen = process.stdinOpen();
        parts.stopSignal = process.stopSignal();
        parts.stopGracePeriod = process.stopGracePeriod();
        parts.isolation = process.isolation();
    }

    private static void surroundings(AppParts parts, ComposeService service) {
        var around = service.surroundings();
        parts.extraHosts = ComposeValues.extraHosts(service);
        parts.dns = around.dns();
        parts.dnsSearch = around.dnsSearch();
        parts.capAdd = around.capAdd();
        parts.capDrop = around.capDrop();
        parts.sysctls = around.sysctls();
        parts.ulimits = ComposeValues.ulimits(service);
    }

    private void mounts(AppParts parts, StackExtension extension, StackMounts mounts) {
        parts.tmpfs = mounts.tmpfs;
        parts.hostPaths = mounts.hostPaths;
        parts.scratch = mounts.scratch;
        parts.persistent = persistent(extension, mounts);
    }

    private Map<String, String> keys(ComposeService service) {
        var keys = new LinkedHashMap<String, String>();
        service.mounts().stream()
                .map(StackMounts::words)
                .flatMap(List::stream)
                .forEach(word -> keys.putIfAbsent(StackMounts.source(stack, word), word));
        return keys;
    }

    private @Nullable Persistent persistent(StackExtension extension, StackMounts mounts) {
        return mounts.directories.isEmpty() && extension.leave().isEmpty() && extension.leaveDataOn() == null
                ? null
                : new Persistent(
                        extension.node(),
                        List.copyOf(mounts.directories),
                        extension.leave(),
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
