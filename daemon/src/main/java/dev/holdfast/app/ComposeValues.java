package dev.holdfast.app;

import dev.holdfast.compose.ComposeDeploy;
import dev.holdfast.compose.ComposeHealthcheck;
import dev.holdfast.compose.ComposeNetwork;
import dev.holdfast.compose.ComposeNetworkUse;
import dev.holdfast.compose.ComposeService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Parts of a stack file as parts of an app: what a stack that is read and one that is imported have alike.
public final class ComposeValues {

    /// In these no names are looked up, and Docker's client gives no aliases there.
    private static final Set<String> WITHOUT_NAMES = Set.of("host", "bridge", "none", "default");

    private ComposeValues() {}

    public static List<Port> ports(ComposeService service) {
        return service.ports().stream()
                .map(port -> new Port(
                        port.target(), port.published() == 0 ? null : port.published(), port.protocol(), port.mode()))
                .toList();
    }

    /// @param network its name in the Swarm; null where the stack declares none
    public static NetworkAttachment attachment(
            ComposeService service, ComposeNetworkUse use, @Nullable String network) {
        var aliases = new ArrayList<>(use.aliases());
        if (network == null || !WITHOUT_NAMES.contains(network)) {
            aliases.add(service.name());
        }
        return new NetworkAttachment(List.copyOf(aliases), use.driverOpts());
    }

    /// @param disable whether that is said beside its test
    public static Healthcheck healthcheck(ComposeHealthcheck check, boolean disable) {
        return new Healthcheck(
                check.test(),
                check.interval(),
                check.timeout(),
                check.retries() == null ? null : check.retries().intValue(),
                check.startPeriod(),
                check.startInterval(),
                disable);
    }

    public static @Nullable Logging logging(ComposeService service) {
        var logging = service.logging();
        return logging == null ? null : new Logging(logging.driver(), logging.options());
    }

    public static List<ExtraHost> extraHosts(ComposeService service) {
        return service.surroundings().extraHosts().stream()
                .map(host -> new ExtraHost(host.name(), host.address()))
                .toList();
    }

    public static Map<String, Ulimit> ulimits(ComposeService service) {
        var ulimits = new LinkedHashMap<String, Ulimit>();
        service.surroundings()
                .ulimits()
                .forEach((name, ulimit) -> ulimits.put(name, new Ulimit(ulimit.soft(), ulimit.hard())));
        return ulimits;
    }

    public static Repository.@Nullable Ipam ipam(ComposeNetwork network) {
        var ipam = network.ipam();
        return ipam == null
                ? null
                : new Repository.Ipam(
                        ipam.driver(),
                        ipam.subnets().stream().map(Repository.Subnet::new).toList());
    }

    public static List<Deploy.Preference> preferences(ComposeDeploy deploy) {
        return deploy.placement().spreads().stream().map(Deploy.Preference::new).toList();
    }

    public static List<Deploy.GenericResource> genericResources(ComposeDeploy.Reservations given) {
        return given.genericResources().stream()
                .map(each -> new Deploy.GenericResource(new Deploy.DiscreteResource(each.kind(), each.value())))
                .toList();
    }

    public static Deploy.@Nullable RestartPolicy restartPolicy(ComposeDeploy deploy) {
        var policy = deploy.restartPolicy();
        return policy == null
                ? null
                : new Deploy.RestartPolicy(
                        policy.condition(), policy.delay(), integer(policy.maxAttempts()), policy.window());
    }

    /// The engine has more letters for numbers than anybody needs.
    public static @Nullable Integer integer(@Nullable Long number) {
        return number == null ? null : (int) Math.clamp(number, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
}
