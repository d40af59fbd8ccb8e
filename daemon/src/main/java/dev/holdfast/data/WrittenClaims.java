package dev.holdfast.data;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Mount;
import dev.holdfast.live.Service;
import dev.holdfast.live.Task;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The claims that an app writes once its service has that spec, for a last look before it starts: no task of another
/// service may write them too, unless one of the two says so (`with`), or administers the host.
public final class WrittenClaims {

    private final String app;
    private final ClaimsLabel label;
    private final Optional<String> node;
    private final List<Mount> mounts;
    private final RealPaths places;

    public WrittenClaims(String app, JsonNode spec, RealPaths places) {
        this.app = app;
        this.label = ClaimsLabel.read(spec.path("Labels").path(Labels.CLAIMS).asText());
        this.node = Service.lockedNode(spec);
        this.mounts = Mount.ofSpec(spec).stream()
                .filter(mount -> isWritten(mount) && label.sources().contains(Source.of(mount)))
                .toList();
        this.places = places;
    }

    public boolean isEmpty() {
        return mounts.isEmpty();
    }

    /// Whether the app may write there.
    public boolean isOn(String nodeId) {
        return label.isEachNode() || node.filter(nodeId::equals).isPresent();
    }

    /// What a task of another service writes too.
    ///
    /// @param service of that task; null where it is gone
    public Optional<String> clash(Task task, @Nullable Service service) {
        var theirs = service == null ? ClaimsLabel.NONE : ClaimsLabel.of(service.labels());
        var roles = service == null ? MountsLabel.NONE : MountsLabel.of(service.labels());
        var name = service == null ? "" : service.name();
        return mounts.stream()
                .filter(ours -> !label.isWith(app, theirs, name, Source.of(ours)))
                .filter(ours -> task.mounts().stream()
                        .anyMatch(other -> isWritten(other)
                                && !roles.isHostAbove(other, ours.source())
                                && places.overlap(ours, other, task.nodeId())))
                .map(Mount::source)
                .findFirst();
    }

    private static boolean isWritten(Mount mount) {
        return !mount.readOnly() && (mount.isVolume() || mount.isBind());
    }
}
