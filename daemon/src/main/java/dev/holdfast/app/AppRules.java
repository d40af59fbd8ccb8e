package dev.holdfast.app;

import dev.holdfast.yaml.Patterns;
import dev.holdfast.yaml.Secrets;
import dev.holdfast.yaml.Words;
import dev.holdfast.yaml.YamlCode;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What must fit together inside one app, and between it and `holdfast.yaml`.
final class AppRules {

    /// As reports and labels call the kind of a claim.
    private static final Pattern KIND = Pattern.compile("^(?:bind|volume|host): ?");

    /// What may have more instances all the same.
    private static final String OTHERS = "what is no data goes under scratch instead, and what every node sees says"
            + " shared: true (beside host:, or under volumes in holdfast.yaml)";

    private final AppDocument document;
    private final App app;
    private final RepositoryReader.Read repository;

    private AppRules(AppDocument document, App app, RepositoryReader.Read repository) {
        this.document = document;
        this.app = app;
        this.repository = repository;
    }

    static void check(List<AppDocument> documents, RepositoryReader.Read repository) {
        for (var document : documents) {
            if (document.app() != null && !document.stack()) {
                new AppRules(document, document.app(), repository).check();
            }
        }
    }

    private void check() {
        oneInstance();
        scale();
        acknowledgements();
        durations();
        targets();
        declared("networks", app.networks().keySet(), name -> "networks." + name);
        declared("secrets", app.secrets());
        declared("configs", app.configs());
        if (app.restart() != null && app.deploy().restartPolicy() != null) {
            document.warning(
                    YamlCode.RESTART_IGNORED,
                    "restart",
                    "deploy.restart_policy counts, and this does not; remove one of them");
        }
    }

    /// Rule `one-instance`: two writers of one directory would destroy it.
    private void oneInstance() {
        if (!app.isPersistent(repository.repository()::isShared)) {
            return;
        }
        var deploy = app.deploy();
        if (deploy.replicas() != null && deploy.replicas() > 1) {
            document.error(
                    "deploy.replicas",
                    "a persistent app runs at most one instance (got \"%d\"); write 1, or 0 to stop it; %s"
                            .formatted(deploy.replicas(), OTHERS));
        }
        if (deploy.isGlobal() && !deploy.isJob() && !app.hasDataOnEachNode()) {
            document.error(
                    "deploy.mode",
                    "a persistent app is locked to one node and cannot be global; if every node has its own data, write"
                            + " persistent.each_node: true; " + OTHERS);
        }
        startFirst("deploy.update_config.order", deploy.updateConfig());
        startFirst("deploy.rollback_config.order", deploy.rollbackConfig());
        if (app.ignoreDrift().contains("replicas")) {
            document.error(
                    "ignore_drift",
                    "a persistent app runs at most one instance and cannot be scaled by hand; remove it");
        }
    }

    private void startFirst(String path, Deploy.@Nullable UpdateConfig config) {
        if (config != null && "start-first".equals(config.order())) {
            document.error(
                    path, "start-first runs two instances on the same data; a persistent app is stop-first; " + OTHERS);
        }
    }

    private void scale() {
        if (app.deploy().isGlobal()) {
            if (app.deploy().replicas() != null) {
                document.error("deploy.replicas", "a global app runs once on each node; remove it");
            }
            if (app.ignoreDrift().contains("replicas")) {
                document.error("ignore_drift", "a global app has no number of instances to change; remove it");
            }
        }
    }

    /// Rule `say-what-stays`: an acknowledgement that no longer fits would be there for the next accident.
    private void acknowledgements() {
        var persistent = app.persistent();
        if (persistent == null) {
            return;
        }
        if (persistent.directories().isEmpty()
                && persistent.leave().isEmpty()
                && persistent.leaveDataOn() == null
                && !document.reading().hasFailedBelow("persistent.directories")) {
            document.error(
                    "persistent.directories",
                    "must have at least one directory; an app without data has no persistent section");
        }
        for (var i = 0; i < persistent.leave().size(); i++) {
            var leave = persistent.leave().get(i);
            if (app.claimed(repository.repository()::isShared).stream()
                    .anyMatch(directory -> directory.source().equals(leave))) {
                document.error(
                        "persistent.leave[" + i + "]",
                        "\"%s\" is declared under directories; remove the line".formatted(leave));
            } else if (!leave.startsWith("/") && !leave.matches(Patterns.VOLUME_NAME)) {
                // Whatever it is, it would match nothing, and only a hold later on would show that.
                document.error(
                        "persistent.leave[" + i + "]",
                        "must be the name of a volume, or the absolute path of a host directory"
                                + (KIND.matcher(leave).find()
                                        ? "; write " + KIND.matcher(leave).replaceFirst("")
                                        : ""));
            }
        }
        if (persistent.leaveDataOn() != null && persistent.leaveDataOn().equals(persistent.node())) {
            document.error(
                    "persistent.leave_data_on",
                    "\"%s\" is the node of this app now; remove the line".formatted(persistent.node()));
        }
    }

    private void durations() {
        if (!app.timeout().isPositive()) {
            document.error("timeout", "must be longer than 0s");
        }
        var health = app.healthcheck();
        if (health != null) {
            probe("interval", health.interval());
            probe("timeout", health.timeout());
            probe("start_period", health.startPeriod());
            probe("start_interval", health.startInterval());
        }
    }

    /// The engine refuses less; nothing at all means its default.
    private void probe(String key, @Nullable Duration duration) {
        if (duration != null && duration.isPositive() && duration.compareTo(Duration.ofMillis(1)) < 0) {
            document.error("healthcheck." + key, "must be 1ms or longer");
        }
    }

    private void targets() {
        Map<String, String> seen = new HashMap<>();
        for (var i = 0; i < app.directories().size(); i++) {
            target(seen, "persistent.directories", i, app.directories().get(i).target());
        }
        for (var i = 0; i < app.hostPaths().size(); i++) {
            target(seen, "host_paths", i, app.hostPaths().get(i).target());
        }
        for (var i = 0; i < app.scratch().size(); i++) {
            target(seen, "scratch", i, app.scratch().get(i).target());
        }
        for (var i = 0; i < app.tmpfs().size(); i++) {
            target(seen, "tmpfs", i, app.tmpfs().get(i).target());
        }
        for (var i = 0; i < app.secrets().size(); i++) {
            target(seen, "secrets", i, absolute("/run/secrets/", app.secrets().get(i)));
        }
        for (var i = 0; i < app.configs().size(); i++) {
            target(seen, "configs", i, absolute("/", app.configs().get(i)));
        }
    }

    private static String absolute(String folder, FileReference file) {
        var target = file.targetOrSource();
        return target.startsWith("/") ? target : folder + target;
    }

    private void target(Map<String, String> seen, String list, int index, String target) {
        var path = list + "[" + document.reading().fileIndex(list, index) + "]";
        var first = target.isEmpty() ? null : seen.putIfAbsent(target, path);
        if (first != null) {
            document.error(path, "the target \"%s\" is taken by %s".formatted(target, first));
        }
    }

    private void declared(String key, List<FileReference> references) {
        var paths = new HashMap<String, String>();
        for (var i = 0; i < references.size(); i++) {
            paths.putIfAbsent(
                    references.get(i).source(), key + "[" + document.reading().fileIndex(key, i) + "]");
        }
        declared(key, paths.keySet(), name -> paths.getOrDefault(name, key));
    }

    private void declared(String key, Collection<String> names, Function<String, String> path) {
        if (!repository.readable() || repository.reading().hasFailed(key) || repository.isMistyped(key)) {
            return;
        }
        var known = repository.declared(key);
        for (var name : names) {
            if (!known.contains(name)) {
                document.error(path.apply(name), undeclared(key, name, known));
            }
        }
    }

    private static String undeclared(String key, String name, Collection<String> known) {
        var kind = key.substring(0, key.length() - 1);
        var near = Words.nearest(name, known);
        if (near != null) {
            return "the %s \"%s\" is not declared in holdfast.yaml; did you mean \"%s\"?"
                    .formatted(kind, Secrets.name(name), near);
        }
        var entry = key.equals("networks") ? "{}" : "{ file: PATH }";
        return "the %s \"%s\" is not declared; write into holdfast.yaml: %s: { %s: %s }"
                .formatted(kind, Secrets.name(name), key, Secrets.name(name), entry);
    }
}
