package dev.holdfast.app;

import dev.holdfast.compose.ComposeDeploy;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// From `deploy` of a stack file to that of an app.
final class StackDeploys {

    private static final int NANO = 9;

    private StackDeploys() {}

    static Deploy of(ComposeDeploy deploy) {
        var placement = deploy.placement();
        return new Deploy(
                deploy.mode(),
                integer(deploy.replicas()),
                deploy.labels(),
                deploy.endpointMode(),
                new Deploy.Placement(
                        placement.constraints(),
                        placement.spreads().stream().map(Deploy.Preference::new).toList(),
                        integer(placement.maxReplicasPerNode())),
                new Deploy.Resources(limits(deploy.limits()), reservations(deploy.reservations())),
                restartPolicy(deploy.restartPolicy()),
                updateConfig(deploy.updateConfig()),
                updateConfig(deploy.rollbackConfig()));
    }

    private static Deploy.@Nullable Limits limits(ComposeDeploy.@Nullable Limits limits) {
        return limits == null
                ? null
                : new Deploy.Limits(cpus(limits.nanoCpus()), limits.memoryBytes(), integer(limits.pids()));
    }

    private static Deploy.@Nullable Reservations reservations(ComposeDeploy.@Nullable Reservations given) {
        return given == null
                ? null
                : new Deploy.Reservations(cpus(given.nanoCpus()), given.memoryBytes(), generic(given));
    }

    private static List<Deploy.GenericResource> generic(ComposeDeploy.Reservations given) {
        return given.genericResources().stream()
                .map(each -> new Deploy.GenericResource(new Deploy.DiscreteResource(each.kind(), each.value())))
                .toList();
    }

    private static BigDecimal cpus(long nanos) {
        return BigDecimal.valueOf(nanos, NANO);
    }

    private static Deploy.@Nullable RestartPolicy restartPolicy(ComposeDeploy.@Nullable RestartPolicy policy) {
        return policy == null
                ? null
                : new Deploy.RestartPolicy(
                        policy.condition(), policy.delay(), integer(policy.maxAttempts()), policy.window());
    }

    private static Deploy.@Nullable UpdateConfig updateConfig(ComposeDeploy.@Nullable UpdateConfig config) {
        return config == null
                ? null
                : new Deploy.UpdateConfig(
                        integer(config.parallelism()),
                        config.delay(),
                        config.failureAction(),
                        config.monitor(),
                        config.maxFailureRatio(),
                        config.order());
    }

    /// The engine has more letters for numbers than anybody needs.
    private static @Nullable Integer integer(@Nullable Long number) {
        return number == null ? null : (int) Math.clamp(number, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
}
