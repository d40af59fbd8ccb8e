package dev.holdfast.plan;

import dev.holdfast.app.App;
import dev.holdfast.app.Desired.DeclaredApp;
import dev.holdfast.app.Directory;
import dev.holdfast.data.ClaimsLabel;
import dev.holdfast.data.Source;
import dev.holdfast.ledger.Claim;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Service;
import java.util.TreeSet;

/// A stack file does not tell whether a path of the host is a directory, and so data, or a file or socket that is only
/// looked at. A look at the nodes does; and afterwards the service, whose label of claims does not have it.
final class HostFiles {

    private final Situation situation;

    private HostFiles(Situation situation) {
        this.situation = situation;
    }

    /// What the repository says, with such paths as what they are.
    static Situation told(Situation situation) {
        var desired = situation.desired();
        if (desired.apps().stream().noneMatch(declared -> mayHave(declared.app()))) {
            return situation;
        }
        var files = new HostFiles(situation);
        return situation.with(
                desired.with(desired.apps().stream().map(files::told).toList()));
    }

    private static boolean mayHave(App app) {
        return app.stack() != null && app.directories().stream().anyMatch(directory -> directory.host() != null);
    }

    private DeclaredApp told(DeclaredApp declared) {
        var app = declared.app();
        if (!mayHave(app)) {
            return declared;
        }
        var files = new TreeSet<String>();
        app.directories().stream()
                .filter(directory -> directory.host() != null && isFile(app, directory))
                .forEach(directory -> files.add(directory.source()));
        return files.isEmpty() ? declared : declared.with(app.lookingAt(files));
    }

    private boolean isFile(App app, Directory directory) {
        var kinds = new TreeSet<String>();
        situation.survey().nodes().values().forEach(node -> {
            var path = node.paths().get(directory.source());
            if (path != null) {
                kinds.add(path.kind());
            }
        });
        kinds.remove("absent");
        if (!kinds.isEmpty()) {
            return !kinds.contains("directory");
        }
        return situation
                .live()
                .service(app.name())
                .filter(service -> service.belongsTo(situation.cluster()) && looksAt(service, directory))
                .isPresent();
    }

    /// Whether the service mounts it and does not own it.
    private static boolean looksAt(Service service, Directory directory) {
        var source = new Source(Claim.Kind.BIND, directory.source());
        var owned = service.label(Labels.CLAIMS)
                .map(label -> ClaimsLabel.read(label).sources())
                .orElse(new TreeSet<>());
        return !owned.contains(source)
                && service.mounts().stream()
                        .anyMatch(mount -> mount.isBind() && Source.of(mount).equals(source));
    }
}
