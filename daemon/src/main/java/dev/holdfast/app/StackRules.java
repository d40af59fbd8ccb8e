package dev.holdfast.app;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// Rules of data that a service of a stack file breaks by itself: it is right for Docker's client, and would destroy
/// its data, or leave some of it on each node. What breaks the same rules in an app file is an error.
final class StackRules {

    private final AppDocument document;
    private final App app;
    private final String sources;
    private final String words;

    private StackRules(AppDocument document, App app, Repository repository) {
        this.document = document;
        this.app = app;
        var stack = Objects.requireNonNull(app.stack());
        var all = app.directories().stream()
                .filter(directory -> directory.locks(repository::isShared))
                .map(Directory::source)
                .distinct()
                .toList();
        this.sources = String.join(", ", all);
        this.words = all.stream().map(stack::word).collect(Collectors.joining(", "));
    }

    static void check(List<AppDocument> documents, Repository repository) {
        for (var document : documents) {
            var app = document.app();
            if (document.stack() && app != null && app.stack() != null && app.isPersistent(repository::isShared)) {
                new StackRules(document, app, repository).check();
            }
        }
    }

    private void check() {
        var deploy = app.deploy();
        var replicas = Objects.requireNonNullElse(deploy.replicas(), 1);
        if (deploy.isJob() && app.schedule() == null) {
            document.hold(
                    Breach.Kind.JOB_WITH_DATA,
                    "it is a job with data (%s), and Swarm runs it again at each update, beside whatever still runs"
                            .formatted(sources),
                    "x-holdfast: { schedule: \"0 3 * * *\" }   # it runs then, and at no update; or\n"
                            + "deploy: { mode: replicated, restart_policy: { condition: none } }   # one instance that"
                            + " ends; or, if " + words + " is no data:\n" + scratch());
        } else if (deploy.isGlobal() && !app.hasDataOnEachNode()) {
            document.hold(
                    Breach.Kind.GLOBAL_WITH_DATA,
                    "it is global and has data (%s): every node would have its own".formatted(sources),
                    "x-holdfast: { each_node: true }   # if every node has data of its own; or, if " + words
                            + " is no data:\n" + scratch() + "\n# or, if every node sees the same:\n" + shared());
        } else if (replicas > 1) {
            document.hold(
                    Breach.Kind.SEVERAL_INSTANCES,
                    "%d instances would write the same data (%s), or each node would have its own"
                            .formatted(replicas, sources),
                    "deploy: { replicas: 1 }   # or, if " + words + " is no data:\n" + scratch()
                            + "\n# or, if every node sees the same:\n" + shared());
        }
        startFirst("update_config", deploy.updateConfig());
        startFirst("rollback_config", deploy.rollbackConfig());
        if (app.ignoreDrift().contains("replicas")) {
            document.error(
                    "x-holdfast.ignore_drift",
                    "a service with data runs at most one instance and cannot be scaled by hand; remove it");
        }
    }

    private void startFirst(String key, Deploy.@org.jspecify.annotations.Nullable UpdateConfig config) {
        if (config != null && "start-first".equals(config.order())) {
            document.hold(
                    Breach.Kind.START_FIRST_WITH_DATA,
                    "start-first runs two instances on the same data (%s)".formatted(sources),
                    "deploy: { " + key + ": { order: stop-first } }   # or, if " + words + " is no data:\n"
                            + scratch());
        }
    }

    private String scratch() {
        return "x-holdfast: { scratch: [" + words + "] }";
    }

    private String shared() {
        return "x-holdfast: { shared: [" + words + "] }";
    }
}
