package dev.holdfast.app;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What fits to an app whose tasks end: one that runs on a `schedule`, or a job of Swarm's.
final class RunRules {

    private final AppDocument document;
    private final App app;
    private final Repository repository;

    private RunRules(AppDocument document, App app, Repository repository) {
        this.document = document;
        this.app = app;
        this.repository = repository;
    }

    static void check(List<AppDocument> documents, Repository repository) {
        for (var document : documents) {
            if (document.app() != null) {
                new RunRules(document, document.app(), repository).check();
            }
        }
    }

    private void check() {
        if (app.schedule() != null) {
            scheduled();
        } else if (app.deploy().isJob()) {
            job();
        }
    }

    private void scheduled() {
        var deploy = app.deploy();
        if (deploy.isGlobal()) {
            error("deploy.mode", "a scheduled app runs one task at a time, on one node; remove the mode, or schedule");
        } else if (deploy.replicas() != null && deploy.replicas() > 1) {
            error(
                    "deploy.replicas",
                    "a scheduled app runs one task at a time (got \"%d\"); remove it, or write 0 to leave all runs out"
                            .formatted(deploy.replicas()));
        }
        if (app.ignoreDrift().contains("replicas")) {
            error("ignore_drift", "a scheduled app is not scaled by hand; remove it");
        }
        if ("any"
                .equals(
                        deploy.restartPolicy() == null
                                ? null
                                : deploy.restartPolicy().condition())) {
            error("deploy.restart_policy.condition", "the task of a scheduled app ends; write none, or on-failure");
        }
        if (deploy.restartPolicy() == null && startsAgain(app.restart())) {
            error("restart", "the task of a scheduled app ends; write \"no\", or on-failure:TIMES");
        }
    }

    private static boolean startsAgain(@Nullable String restart) {
        return restart != null && (restart.equals("always") || restart.equals("unless-stopped"));
    }

    /// Swarm starts a job anew at each write, and does not wait for the task that still runs.
    private void job() {
        if (document.stack()) {
            return;
        }
        if (app.isPersistent(repository::isShared)) {
            error(
                    "deploy.mode",
                    "Swarm runs a job again at each update, beside what still runs, so it writes no data: write"
                        + " schedule for one that runs at certain times, or restart: \"no\" for one that runs once");
        }
        if (app.deploy().updateConfig() != null) {
            error("deploy.update_config", "Swarm replaces no tasks of a job; remove it");
        }
        if (app.deploy().rollbackConfig() != null) {
            error("deploy.rollback_config", "Swarm replaces no tasks of a job; remove it");
        }
    }

    private void error(String path, String message) {
        document.error(path, message);
    }
}
