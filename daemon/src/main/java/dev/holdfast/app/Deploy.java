package dev.holdfast.app;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Compose's `deploy` section.
///
/// @param mode `replicated` or `global`
/// @param replicas how many instances; null means 1
/// @param endpointMode `vip` or `dnsrr`
public record Deploy(
        String mode,
        @Nullable Integer replicas,
        Map<String, String> labels,
        @Nullable String endpointMode,
        Placement placement,
        Resources resources,
        @Nullable RestartPolicy restartPolicy,
        @Nullable UpdateConfig updateConfig,
        @Nullable UpdateConfig rollbackConfig) {

    public static final Deploy DEFAULT = new Deploy(
            "replicated", null, Map.of(), null, Placement.ANYWHERE, Resources.UNLIMITED, null, null, null);

    public boolean isGlobal() {
        return mode.equals("global");
    }

    /// Where tasks may run.
    public record Placement(
            List<String> constraints, List<Preference> preferences, @Nullable Integer maxReplicasPerNode) {
        public static final Placement ANYWHERE = new Placement(List.of(), List.of(), null);
    }

    /// Spread tasks evenly over the values of a node label, such as `node.labels.zone`.
    public record Preference(String spread) {}

    /// What a task may use at most, and what a node must have free for it.
    public record Resources(@Nullable Limits limits, @Nullable Reservations reservations) {
        public static final Resources UNLIMITED = new Resources(null, null);
    }

    /// @param cpus in CPUs, such as 0.5
    /// @param memory in bytes
    /// @param pids processes
    public record Limits(@Nullable BigDecimal cpus, @Nullable Long memory, @Nullable Integer pids) {}

    public record Reservations(
            @Nullable BigDecimal cpus, @Nullable Long memory, List<GenericResource> genericResources) {}

    public record GenericResource(DiscreteResource discreteResourceSpec) {}

    public record DiscreteResource(String kind, long value) {}

    /// @param condition `none`, `on-failure` or `any`
    public record RestartPolicy(
            @Nullable String condition,
            @Nullable Duration delay,
            @Nullable Integer maxAttempts,
            @Nullable Duration window) {}

    /// How tasks are replaced. Null components mean Holdfast's safe choice.
    ///
    /// @param failureAction `pause`, `continue` or `rollback`
    /// @param order `stop-first` or `start-first`
    public record UpdateConfig(
            @Nullable Integer parallelism,
            @Nullable Duration delay,
            @Nullable String failureAction,
            @Nullable Duration monitor,
            @Nullable Double maxFailureRatio,
            @Nullable String order) {}
}
