package dev.holdfast.app;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One mount of a service of a stack file, as `docker stack deploy` sends it: the names are those of the Swarm. What an
/// app file cannot say of a mount is here; whether it is data says [App#directories].
///
/// @param type `volume`, `bind`, `tmpfs`, `npipe`, `cluster` or `image`
/// @param source a volume's name or a path; null for a volume without a name and for a file system in memory
/// @param options what belongs to its type; null where nothing is to be sent of it
public record StackMount(
        String type,
        @Nullable String source,
        String target,
        boolean readOnly,
        @Nullable Options options) {

    /// The options of one type.
    public sealed interface Options {}

    /// @param external whether somebody else makes it: then the stack's label is not among its labels
    /// @param labels that the file gives it
    /// @param driver null where the file says nothing of a driver
    public record VolumeOptions(
            boolean external,
            Map<String, String> labels,
            boolean nocopy,
            @Nullable String subpath,
            @Nullable Driver driver)
            implements Options {}

    /// @param name null where the file gives only options
    public record Driver(@Nullable String name, Map<String, String> options) {}

    /// @param propagation such as `rslave`; empty where `bind` has nothing in it
    public record BindOptions(String propagation) implements Options {}

    /// @param sizeBytes 0 where `tmpfs` says no size
    public record TmpfsOptions(long sizeBytes) implements Options {}

    /// Of a cluster volume: there is nothing to say.
    public record ClusterOptions() implements Options {}

    /// Whether it is a volume that dies with its task.
    public boolean isAnonymous() {
        return type.equals("volume") && source == null;
    }

    /// The names of volumes among these mounts.
    static List<String> volumes(List<StackMount> mounts) {
        return mounts.stream()
                .filter(mount -> mount.type().equals("volume") && mount.source() != null)
                .map(mount -> String.valueOf(mount.source()))
                .toList();
    }
}
