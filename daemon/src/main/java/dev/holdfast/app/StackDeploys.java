package dev.holdfast.app;

import dev.holdfast.compose.ComposeDeploy;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// From `deploy` of a stack file to that of an app.
final class StackDeploys {

    private static final int NANO = 9;

    private StackDeploys() {}

    static Deploy of(ComposeDeploy deploy) {
        var placement = deploy.placement();
        return new Deploy(
                deploy.mode(),
                ComposeValues.integer(deploy.replicas()),
                deploy.labels(),
                deploy.endpointMode(),
                new Deploy.Placement(
                        placement.constraints(),
                        ComposeValues.preferences(deploy),
                        ComposeValues.integer(placement.maxReplicasPerNode())),
                new Deploy.Resources(limits(deploy.limits()), reservations(deploy.reservations())),
                ComposeValues.restartPolicy(deploy),
                updateConfig(deploy.updateConfig()),
                updateConfig(deploy.rollbackConfig()));
    }

    private static Deploy.@Nullable Limits limits(ComposeDeploy.@Nullable Limits limits) {
        return limits == null
                ? null
                : new Deploy.Limits(
                        cpus(limits.nanoCpus()), limits.memoryBytes(), ComposeValues.integer(limits.pids()));
    }

    private static Deploy.@Nullable Reservations reservations(ComposeDeploy.@Nullable Reservations given) {
        return given == null
                ? null
                : new Deploy.Reservations(
                        cpus(given.nanoCpus()), given.memoryBytes(), ComposeValues.genericResources(given));
    }

    private static BigDecimal cpus(long nanos) {
        return BigDecimal.valueOf(nanos, NANO);
    }

    private static Deploy.@Nullable UpdateConfig updateConfig(ComposeDeploy.@Nullable UpdateConfig config) {
        return config == null
                ? null
                : new Deploy.UpdateConfig(
                        ComposeValues.integer(config.parallelism()),
                        config.delay(),
                        config.failureAction(),
                        config.monitor(),
                        config.maxFailureRatio(),
                        config.order());
    }
}
