package dev.holdfast.compose;

import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// How many tasks run, where, and how they are replaced.
///
/// @param mode `replicated`, `global`, `replicated-job` or `global-job`
/// @param replicas null where the engine decides: 1
/// @param labels of the service
/// @param endpointMode `vip` or `dnsrr`; null where the engine decides: `vip`
/// @param limits null where the files have no such section
/// @param restartPolicy `deploy.restart_policy`, or what `restart` of the service says where there is none
public record ComposeDeploy(
        String mode,
        @Nullable Long replicas,
        SortedMap<String, String> labels,
        @Nullable String endpointMode,
        Placement placement,
        @Nullable Limits limits,
        @Nullable Reservations reservations,
        @Nullable RestartPolicy restartPolicy,
        @Nullable UpdateConfig updateConfig,
        @Nullable UpdateConfig rollbackConfig) {

    public boolean isJob() {
        return mode.endsWith("-job");
    }

    public boolean isGlobal() {
        return mode.startsWith("global");
    }

    /// @param constraints as written
    /// @param spreads what tasks are spread over, in order
    /// @param maxReplicasPerNode 0 for any number
    public record Placement(List<String> constraints, List<String> spreads, long maxReplicasPerNode) {}

    /// 0 is unlimited.
    public record Limits(long nanoCpus, long memoryBytes, long pids) {}

    public record Reservations(long nanoCpus, long memoryBytes, List<GenericResource> genericResources) {}

    public record GenericResource(String kind, long value) {}

    /// @param condition `none`, `on-failure` or `any`; null where the engine decides: `any`
    public record RestartPolicy(
            @Nullable String condition,
            @Nullable Duration delay,
            @Nullable Long maxAttempts,
            @Nullable Duration window) {}

    /// @param parallelism 0 for all at once; the client writes 1 where the file is silent
    /// @param failureAction null where the engine decides: `pause`
    /// @param order `start-first`; null or `stop-first`
    public record UpdateConfig(
            long parallelism,
            Duration delay,
            @Nullable String failureAction,
            Duration monitor,
            double maxFailureRatio,
            @Nullable String order) {}
}
