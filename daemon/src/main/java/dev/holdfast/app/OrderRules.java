package dev.holdfast.app;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// `start-first` asks for two tasks side by side. Where a node has room for one only, because a port of the node is
/// taken or for the limit on instances of a node, the new one must find another node, or waits for ever.
final class OrderRules {

    private final AppDocument document;
    private final App app;
    private final Repository repository;

    private OrderRules(AppDocument document, App app, Repository repository) {
        this.document = document;
        this.app = app;
        this.repository = repository;
    }

    static void check(List<AppDocument> documents, Repository repository) {
        for (var document : documents) {
            if (document.app() != null) {
                var rules = new OrderRules(document, document.app(), repository);
                rules.check(
                        "deploy.update_config.order", document.app().deploy().updateConfig(), "update");
                rules.check(
                        "deploy.rollback_config.order", document.app().deploy().rollbackConfig(), "rollback");
            }
        }
    }

    private void check(String path, Deploy.@Nullable UpdateConfig config, String what) {
        // Of a persistent app it is an error anyway.
        if (config == null || !"start-first".equals(config.order()) || app.isPersistent(repository::isShared)) {
            return;
        }
        var port = app.ports().stream()
                .filter(each -> each.mode().equals("host") && each.published() != null)
                .findFirst();
        var most = app.deploy().placement().maxReplicasPerNode();
        var full = isOnOneNode() && most != null && most > 0 && most <= replicas();
        if (port.isEmpty() && !full) {
            return;
        }
        var why = port.isPresent()
                ? "the old task still has port %d of its node when the new one starts"
                        .formatted(port.get().published())
                : "the node has its %d instances when the new one starts".formatted(most);
        if (where() != null && replicas() > 0) {
            document.error(path, "no %s could ever start: %s, and %s; write stop-first".formatted(what, why, where()));
        } else {
            document.warning(
                    FileCode.START_FIRST_PORT,
                    path,
                    "%s, so that needs a node without an instance, or waits; write stop-first".formatted(why));
        }
    }

    private int replicas() {
        var replicas = app.deploy().replicas();
        return replicas == null ? 1 : replicas;
    }

    /// Why there is no other node for the new task; null where there may be one.
    private @Nullable String where() {
        if (app.deploy().isGlobal()) {
            return "a global app has one task on each node";
        }
        return isOnOneNode() ? "the app is locked to one node" : null;
    }

    /// As far as files tell: by its data, which may be another app's, by its own word, or by a constraint.
    private boolean isOnOneNode() {
        return Whereabouts.of(app).isOneNode()
                || app.claimed(repository::isShared).stream().anyMatch(directory -> directory.volume() != null);
    }
}
