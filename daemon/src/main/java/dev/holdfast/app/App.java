package dev.holdfast.app;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One app: a service of a Compose file with Compose's own keys, plus what Holdfast adds.
///
/// A component is the key of the file in camel case (`stopGracePeriod` is `stop_grace_period`). Absent lists and maps
/// are empty; absent scalars and sections are null. Every spelling that Compose allows has been folded into one form.
public record App(
        String name,
        String image,
        List<String> command,
        List<String> entrypoint,
        Map<String, String> environment,
        Map<String, String> labels,
        Map<String, NetworkAttachment> networks,
        List<Port> ports,
        @Nullable Healthcheck healthcheck,
        @Nullable String user,
        @Nullable String workingDir,
        @Nullable String hostname,
        @Nullable Boolean init,
        boolean readOnly,
        boolean tty,
        boolean stdinOpen,
        List<Tmpfs> tmpfs,
        @Nullable String stopSignal,
        @Nullable Duration stopGracePeriod,
        List<ExtraHost> extraHosts,
        List<String> dns,
        List<String> dnsSearch,
        List<String> capAdd,
        List<String> capDrop,
        Map<String, String> sysctls,
        Map<String, Ulimit> ulimits,
        @Nullable Logging logging,
        @Nullable String isolation,
        @Nullable String restart,
        Deploy deploy,
        List<FileReference> secrets,
        List<FileReference> configs,
        List<HostPath> hostPaths,
        @Nullable Persistent persistent,
        List<String> dependsOn,
        Duration timeout,
        List<String> ignoreDrift,
        boolean adopt) {

    /// Whether this app owns data, as product rule 2 means it: some directory of it is written by it alone. `shared`
    /// tells which volumes every node sees; those, and directories that are only read, do not lock.
    public boolean isPersistent(java.util.function.Predicate<String> shared) {
        return directories().stream().anyMatch(directory -> directory.locks(shared));
    }

    /// The directories of the `persistent` section, empty where there is none.
    public List<Directory> directories() {
        return persistent == null ? List.of() : persistent.directories();
    }
}
