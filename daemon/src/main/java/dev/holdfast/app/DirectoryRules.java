package dev.holdfast.app;

import dev.holdfast.yaml.Words;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The words that widen rule `one-instance`: data on each node (`each_node`), data of another app (`with`), and host
/// directories on storage that every node sees (`shared`).
final class DirectoryRules {

    /// Swarm waits a minute for the old task of a node before it starts the new one, whatever the task does; and a
    /// global app cannot be set to 0 to wait longer.
    private static final Duration LONGEST_STOP = Duration.ofSeconds(50);

    private final Repository repository;
    private final Map<String, AppDocument> byName = new LinkedHashMap<>();

    private DirectoryRules(List<AppDocument> documents, Repository repository) {
        this.repository = repository;
        documents.stream()
                .filter(document -> document.name() != null)
                .forEach(document -> byName.putIfAbsent(String.valueOf(document.name()), document));
    }

    static void check(List<AppDocument> documents, Repository repository) {
        var rules = new DirectoryRules(documents, repository);
        for (var document : documents) {
            if (document.app() != null) {
                rules.check(document, document.app());
            }
        }
    }

    private void check(AppDocument document, App app) {
        for (var i = 0; i < app.directories().size(); i++) {
            var path = "persistent.directories[" + document.reading().fileIndex("persistent.directories", i) + "]";
            shared(document, app.directories().get(i), path);
            with(document, app, app.directories().get(i), path);
            of(document, app, app.directories().get(i), path);
        }
        if (app.hasDataOnEachNode()) {
            eachNode(document, app);
        }
    }

    private static void shared(AppDocument document, Directory directory, String path) {
        var volume = directory.volume();
        if (directory.shared() && volume != null) {
            document.error(
                    path + ".shared",
                    "is for a host directory; a volume is shared by its entry in holdfast.yaml: volumes: { %s: { shared: true } }"
                            .formatted(volume));
        }
    }

    private void with(AppDocument document, App app, Directory directory, String path) {
        var owner = directory.with();
        if (owner == null) {
            return;
        }
        if (directory.readOnly()) {
            document.error(path + ".with", "an app that only reads needs no with; remove one of the two, or write of");
        } else {
            owner(document, app, directory, path + "." + word(document, path, "with"), owner);
        }
    }

    /// An app that reads may name whose data it reads.
    private void of(AppDocument document, App app, Directory directory, String path) {
        var owner = directory.of();
        if (owner == null) {
            return;
        }
        if (directory.with() != null) {
            document.error(path + ".of", "says whose it is, as with does; remove one of the two");
        } else {
            owner(document, app, directory, path + ".of", owner);
        }
    }

    /// Who writes may have said `of`, too.
    private static String word(AppDocument document, String path, String word) {
        return document.reading().isWritten(path + ".of") ? "of" : word;
    }

    private void owner(AppDocument document, App app, Directory directory, String path, String owner) {
        if (directory.isShared(repository::isShared)) {
            document.error(path, "what is shared belongs to nobody; remove it");
        } else if (owner.equals(document.name())) {
            document.error(path, "is the app itself; remove it");
        } else if (!byName.containsKey(owner)) {
            document.error(path, "there is no app \"%s\"".formatted(owner) + Words.didYouMean(owner, byName.keySet()));
        } else if (app.hasDataOnEachNode()) {
            document.error(
                    path,
                    "an app with data on each node has its own; remove %s, or each_node"
                            .formatted(path.substring(path.lastIndexOf('.') + 1)));
        } else {
            owned(document, directory, path, byName.get(owner));
        }
    }

    private void owned(AppDocument document, Directory directory, String path, @Nullable AppDocument owner) {
        var app = owner == null ? null : owner.app();
        if (owner == null || app == null || owner.reading().hasFailedBelow("persistent.directories")) {
            return;
        }
        var owns = app.claimed(repository::isShared).stream()
                .anyMatch(other ->
                        other.source().equals(directory.source()) && !other.readOnly() && other.with() == null);
        if (!owns) {
            document.error(path, "\"%s\" is no directory that %s owns".formatted(directory.source(), owner.where()));
        } else if (app.hasDataOnEachNode()) {
            document.error(path, "%s has its data on each node, and that has one owner".formatted(owner.where()));
        }
    }

    private static void eachNode(AppDocument document, App app) {
        var persistent = app.persistent();
        var grace = app.stopGracePeriod();
        if (!app.deploy().isGlobal()) {
            document.error(
                    "persistent.each_node",
                    "is for apps that run on each node: write deploy: { mode: global }, or remove it");
        }
        if (persistent != null && persistent.node() != null) {
            document.error("persistent.node", "an app with data on each node is locked to none; remove it");
        }
        if (persistent != null && persistent.leaveDataOn() != null) {
            document.error("persistent.leave_data_on", "an app with data on each node does not move; remove it");
        }
        if (grace != null && grace.compareTo(LONGEST_STOP) > 0) {
            document.error(
                    "stop_grace_period",
                    "an app with data on each node must stop within 50s: Swarm waits a minute for the old task of a"
                            + " node, and would then start the new one beside it");
        }
    }
}
