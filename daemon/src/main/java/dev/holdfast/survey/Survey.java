package dev.holdfast.survey;

import dev.holdfast.ledger.Claim;
import dev.holdfast.live.Mount;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What was found on the nodes' disks. A node that is not here is unknown, and unknown is never taken for absent.
///
/// @param nodes by node ID
/// @param problem why nothing, or not everything, could be seen; null where all usable nodes answered
public record Survey(
        Map<String, NodeSurvey> nodes, @Nullable String problem) {

    private static final Pattern ANONYMOUS = Pattern.compile("[0-9a-f]{64}");

    /// Nobody has looked.
    public static final Survey NONE = new Survey(Map.of(), null);

    public Optional<NodeSurvey> node(String id) {
        return Optional.ofNullable(nodes.get(id));
    }

    public boolean knows(String nodeId) {
        return nodes.containsKey(nodeId);
    }

    /// One node's disk at one moment.
    ///
    /// @param at RFC 3339, UTC
    /// @param dockerRoot the engine's own folder, below which no bind directory may be
    /// @param paths those that were asked for, by path; and symlinks that a container or a volume binds
    /// @param images whether the engine has them, of those that were asked for
    public record NodeSurvey(
            String node,
            String at,
            String dockerRoot,
            Map<String, Volume> volumes,
            Map<String, Path> paths,
            List<Container> containers,
            Map<String, Boolean> images) {

        /// Who has that volume mounted, running or not: services, and plain containers by their names.
        public List<String> usersOf(String volume) {
            return containers.stream()
                    .filter(container -> container.mounts().stream()
                            .anyMatch(
                                    mount -> mount.isVolume() && mount.source().equals(volume)))
                    .map(container -> container.service().isEmpty() ? container.name() : container.service())
                    .sorted()
                    .distinct()
                    .toList();
        }

        /// Whether the very data of that claim is there, as its identity tells.
        public boolean has(Claim claim) {
            if (claim.kind() == Claim.Kind.VOLUME) {
                var volume = volumes.get(claim.name());
                return volume != null && volume.createdAt().equals(claim.identity());
            }
            var path = paths.get(claim.name());
            return path != null && path.isDirectory() && path.identity().equals(claim.identity());
        }
    }

    /// @param createdAt RFC 3339, as the engine tells it: tells this volume from another of its name
    public record Volume(
            String name,
            String createdAt,
            String driver,
            Map<String, String> options,
            Map<String, String> labels,
            @Nullable Long sizeBytes) {

        /// Whether the engine itself made up its name, for a container that wanted a volume and named none.
        public boolean isAnonymous() {
            return isAnonymous(name);
        }

        public static boolean isAnonymous(String name) {
            return ANONYMOUS.matcher(name).matches();
        }
    }

    /// @param kind `directory`, `other` (a file, a socket) or `absent`; `link` for a symlink that nobody asked for
    /// @param real the path with all symlinks resolved; empty where absent
    /// @param identity `device:inode`; empty where absent
    /// @param mountPoint whether something is mounted exactly there
    public record Path(
            String path,
            String kind,
            String real,
            String identity,
            boolean mountPoint,
            @Nullable Long sizeBytes) {

        public boolean isDirectory() {
            return kind.equals("directory");
        }
    }

    /// A container, of whatever origin, that exists on the node.
    ///
    /// @param state `running`, `exited`, …
    /// @param task the Swarm task that it belongs to; empty for a plain container
    public record Container(String id, String name, String state, String task, String service, List<Mount> mounts) {

        public boolean isRunning() {
            return state.equals("running") || state.equals("paused") || state.equals("restarting");
        }
    }
}
