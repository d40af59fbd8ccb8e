package dev.holdfast.migrate;

import dev.holdfast.app.ComposeValues;
import dev.holdfast.app.Deploy;
import dev.holdfast.compose.ComposeDeploy;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The `deploy` section of a service of a stack: what its file says, and no more.
final class ComposeDeployDraft {

    private static final int NANO = 9;

    private final ComposeDeploy deploy;
    private final Map<String, String> labels;
    private final Draft draft;

    /// @param labels of the service, with variables where they have them
    ComposeDeployDraft(ComposeDeploy deploy, Map<String, String> labels, Draft draft) {
        this.deploy = deploy;
        this.labels = labels;
        this.draft = draft;
    }

    void put() {
        var placement = deploy.placement();
        var most = placement.maxReplicasPerNode();
        var section = new Deploy(
                deploy.mode(),
                ComposeValues.integer(deploy.replicas()),
                labels,
                "dnsrr".equals(deploy.endpointMode()) ? "dnsrr" : null,
                new Deploy.Placement(
                        placement.constraints(),
                        ComposeValues.preferences(deploy),
                        most == 0 ? null : ComposeValues.integer(most)),
                new Deploy.Resources(limits(deploy.limits()), reservations(deploy.reservations())),
                ComposeValues.restartPolicy(deploy),
                updateConfig(deploy.updateConfig()),
                updateConfig(deploy.rollbackConfig()));
        if (!section.equals(Deploy.DEFAULT)) {
            draft.putValue("deploy", section);
        }
    }

    private static Deploy.@Nullable Limits limits(ComposeDeploy.@Nullable Limits limits) {
        return limits == null
                ? null
                : new Deploy.Limits(
                        cpus(limits.nanoCpus()),
                        limits.memoryBytes() == 0 ? null : limits.memoryBytes(),
                        limits.pids() == 0 ? null : ComposeValues.integer(limits.pids()));
    }

    private static Deploy.@Nullable Reservations reservations(ComposeDeploy.@Nullable Reservations given) {
        return given == null
                ? null
                : new Deploy.Reservations(
                        cpus(given.nanoCpus()),
                        given.memoryBytes() == 0 ? null : given.memoryBytes(),
                        ComposeValues.genericResources(given));
    }

    private static @Nullable BigDecimal cpus(long nanos) {
        return nanos == 0
                ? null
                : new BigDecimal(
                        BigDecimal.valueOf(nanos, NANO).stripTrailingZeros().toPlainString());
    }

    private static Deploy.@Nullable UpdateConfig updateConfig(ComposeDeploy.@Nullable UpdateConfig config) {
        return config == null
                ? null
                : new Deploy.UpdateConfig(
                        config.parallelism() == 1 ? null : ComposeValues.integer(config.parallelism()),
                        positive(config.delay()),
                        config.failureAction(),
                        positive(config.monitor()),
                        config.maxFailureRatio() == 0 ? null : config.maxFailureRatio(),
                        config.order());
    }

    private static @Nullable Duration positive(Duration duration) {
        return duration.isPositive() ? duration : null;
    }
}
