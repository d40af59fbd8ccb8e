package dev.holdfast.compose;

import dev.holdfast.yaml.Patterns;
import dev.holdfast.yaml.Problems;
import dev.holdfast.yaml.Words;
import dev.holdfast.yaml.Yaml;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the client passes on and every engine refuses.
final class EngineRules {

    private static final long LEAST_MEMORY = 4 << 20;
    private static final long LEAST_NANO_CPUS = 1_000_000;
    private static final List<String> CONDITIONS = List.of("none", "on-failure", "any");
    private static final List<String> ACTIONS = List.of("pause", "continue", "rollback");
    private static final List<String> ENDPOINTS = List.of("vip", "dnsrr");

    private static final Pattern CONSTRAINT = Pattern.compile(Patterns.CONSTRAINT);

    private final ComposeService service;
    private final Problems problems;

    private EngineRules(ComposeService service, Problems problems) {
        this.service = service;
        this.problems = problems;
    }

    static void check(ComposeService service, Problems problems) {
        var rules = new EngineRules(service, problems);
        rules.ports();
        rules.mounts();
        rules.health();
        rules.resources();
        rules.restart();
        rules.constraints();
        rules.update("deploy.update_config", service.deploy().updateConfig());
        rules.update("deploy.rollback_config", service.deploy().rollbackConfig());
    }

    private void error(String key, String message) {
        error(service.places().of(key), key, message);
    }

    private void error(Yaml.Place place, String key, String message) {
        problems.error(place, "services." + service.name() + "." + key, message);
    }

    private void ports() {
        var endpoint = service.deploy().endpointMode();
        if (endpoint != null && !ENDPOINTS.contains(endpoint)) {
            error("deploy.endpoint_mode", "must be vip or dnsrr" + Words.didYouMean(endpoint, ENDPOINTS));
        }
        var seen = new HashMap<String, ComposePort>();
        for (var port : service.ports()) {
            if ("dnsrr".equals(endpoint) && port.mode().equals("ingress")) {
                error(
                        port.at(),
                        "ports",
                        "a port with mode ingress does not go with endpoint_mode: dnsrr; write the long form with"
                                + " mode: host");
            }
            var published = port.published() + "/" + port.protocol();
            if (port.published() != 0 && seen.putIfAbsent(published, port) != null) {
                error(port.at(), "ports", "publishes the port %s twice".formatted(published));
            }
        }
    }

    private void mounts() {
        Map<String, ComposeMount> targets = new HashMap<>();
        for (var mount : service.mounts()) {
            if (targets.putIfAbsent(mount.target(), mount) != null) {
                error(mount.at(), "volumes", "two mounts have the target " + Words.quoted(mount.target()));
            }
        }
    }

    private void health() {
        var health = service.healthcheck();
        if (health == null) {
            return;
        }
        atLeastMillisecond("interval", health.interval());
        atLeastMillisecond("timeout", health.timeout());
        atLeastMillisecond("start_period", health.startPeriod());
        atLeastMillisecond("start_interval", health.startInterval());
    }

    private void atLeastMillisecond(String key, @Nullable Duration duration) {
        if (duration != null && !duration.isZero() && duration.compareTo(Duration.ofMillis(1)) < 0) {
            error("healthcheck." + key, "must be at least 1ms, or 0 for the image's");
        }
    }

    private void resources() {
        var limits = service.deploy().limits();
        if (limits != null) {
            amounts("deploy.resources.limits", limits.nanoCpus(), limits.memoryBytes());
            if (limits.pids() < 0) {
                error("deploy.resources.limits.pids", "must not be negative");
            }
        }
        var reservations = service.deploy().reservations();
        if (reservations != null) {
            amounts("deploy.resources.reservations", reservations.nanoCpus(), reservations.memoryBytes());
        }
    }

    private void amounts(String section, long nanoCpus, long memoryBytes) {
        if (nanoCpus != 0 && nanoCpus < LEAST_NANO_CPUS) {
            error(section + ".cpus", "must be at least \"0.001\"");
        }
        if (memoryBytes > 0 && memoryBytes < LEAST_MEMORY) {
            error(section + ".memory", "must be at least 4m");
        }
    }

    private void restart() {
        var policy = service.deploy().restartPolicy();
        var condition = policy == null ? null : policy.condition();
        if (condition != null && !CONDITIONS.contains(condition)) {
            error(
                    "deploy.restart_policy.condition",
                    "must be none, on-failure or any"
                            + (condition.equals("always") ? "; write any" : Words.didYouMean(condition, CONDITIONS)));
        }
    }

    private void constraints() {
        var all = service.deploy().placement().constraints();
        for (var i = 0; i < all.size(); i++) {
            if (!CONSTRAINT.matcher(all.get(i)).matches()) {
                error(
                        service.places().of("deploy.placement.constraints"),
                        "deploy.placement.constraints[%d]".formatted(i),
                        "must be KEY==VALUE or KEY!=VALUE, without quotes around the value");
            }
        }
    }

    private void update(String section, ComposeDeploy.@Nullable UpdateConfig config) {
        if (config == null) {
            return;
        }
        if (service.deploy().isJob() && section.endsWith("update_config")) {
            error(
                    section,
                    "does not go with mode: %s; remove it"
                            .formatted(service.deploy().mode()));
        }
        var action = config.failureAction();
        if (action != null && !ACTIONS.contains(action)) {
            error(
                    section + ".failure_action",
                    "must be pause, continue or rollback" + Words.didYouMean(action, ACTIONS));
        }
        if (config.maxFailureRatio() < 0 || config.maxFailureRatio() > 1) {
            error(section + ".max_failure_ratio", "must be from 0 to 1");
        }
        if (config.monitor().isNegative()) {
            error(section + ".monitor", "must not be negative");
        }
        if (config.delay().isNegative()) {
            error(section + ".delay", "must not be negative");
        }
    }
}
