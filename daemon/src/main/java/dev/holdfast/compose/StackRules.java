package dev.holdfast.compose;

import dev.holdfast.value.ImageReference;
import dev.holdfast.yaml.Problems;
import dev.holdfast.yaml.Secrets;
import dev.holdfast.yaml.Words;
import dev.holdfast.yaml.Yaml;
import dev.holdfast.yaml.YamlCode;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What the client asks of a service once all files are merged.
final class StackRules {

    private static final Pattern IMAGE = Pattern.compile(ImageReference.PATTERN + "|[a-f0-9]{64}");
    private static final List<String> MODES = List.of("replicated", "global", "replicated-job", "global-job");

    private final String stack;
    private final FileContents contents;
    private final boolean complete;
    private final Problems problems;

    /// @param complete whether nothing can be declared elsewhere
    StackRules(String stack, FileContents contents, boolean complete, Problems problems) {
        this.stack = stack;
        this.contents = contents;
        this.complete = complete;
        this.problems = problems;
    }

    void check(ComposeService service) {
        var values = Objects.requireNonNull(contents.services().get(service.name()));
        name(service);
        image(service, values);
        mode(service);
        restart(service, values);
        health(service, values);
        references(service);
        credential(service);
        EngineRules.check(service, problems);
    }

    void checkTogether(Collection<ComposeService> services) {
        var publishers = new HashMap<String, ComposeService>();
        for (var service : services) {
            for (var port : service.ports()) {
                if (port.published() == 0 || !port.mode().equals("ingress")) {
                    continue;
                }
                var first = publishers.putIfAbsent(port.published() + "/" + port.protocol(), service);
                if (first != null && first != service) {
                    problems.error(
                            port.at(),
                            path(service, "ports"),
                            "port %d/%s is published by service %s already, on every node: publish another one"
                                    .formatted(port.published(), port.protocol(), first.name()));
                }
            }
        }
    }

    void checkContents() {
        contents.secrets().values().forEach(secret -> named("secrets.", secret));
        contents.configs().values().forEach(config -> named("configs.", config));
    }

    private void named(String section, ComposeContent content) {
        var fault = content.external() ? null : SwarmNames.faultOfContent(content.name());
        if (fault != null) {
            problems.error(content.at(), section + content.key(), fault);
        }
    }

    private static String path(ComposeService service, String key) {
        return "services." + service.name() + (key.isEmpty() ? "" : "." + key);
    }

    private void error(ComposeService service, String key, String message) {
        problems.error(service.places().of(key), path(service, key), message);
    }

    private void name(ComposeService service) {
        var fault = SwarmNames.fault(StackFile.scoped(stack, service.name()));
        if (fault != null) {
            problems.error(service.at(), path(service, ""), fault);
        }
    }

    private void image(ComposeService service, Values values) {
        if (service.image().isEmpty() && !hasFailed(values, ServiceKeys.IMAGE)) {
            problems.error(
                    service.at(),
                    path(service, "image"),
                    service.places().has("build")
                            ? "is missing: a Swarm builds nothing; build the image elsewhere and name it"
                            : "is missing");
        } else if (!service.image().isEmpty() && !IMAGE.matcher(service.image()).matches()) {
            error(
                    service,
                    "image",
                    "must be an image such as postgres:17 or registry.example.com/team/app:1.2; the repository is"
                            + " lower-case");
        }
    }

    /// Whether the file has the key, with something wrong behind it that was told already.
    private static boolean hasFailed(Values values, Key<?> key) {
        return values.has(key) && values.get(key) == null;
    }

    private void mode(ComposeService service) {
        var deploy = service.deploy();
        if (!MODES.contains(deploy.mode())) {
            error(
                    service,
                    "deploy.mode",
                    "must be replicated, global, replicated-job or global-job"
                            + Words.didYouMean(deploy.mode(), MODES));
        } else if (deploy.isGlobal() && deploy.replicas() != null) {
            error(
                    service,
                    "deploy.replicas",
                    "does not go with mode: %s, one task on each node; remove it".formatted(deploy.mode()));
        }
    }

    private void restart(ComposeService service, Values values) {
        var restart = values.get(ServiceKeys.RESTART);
        if (restart == null) {
            return;
        }
        if (service.places().has("deploy.restart_policy")) {
            problems.warning(
                    YamlCode.RESTART_IGNORED,
                    service.places().of("restart"),
                    path(service, "restart"),
                    "is ignored beside deploy.restart_policy, which counts; remove one of them");
            return;
        }
        var fault = RestartWord.fault(restart);
        if (fault != null) {
            error(service, "restart", fault);
        }
    }

    private void health(ComposeService service, Values values) {
        var health = values.get(ServiceKeys.HEALTHCHECK);
        if (health != null
                && health.get(HealthKeys.DISABLE, false)
                && !health.get(HealthKeys.TEST, List.of()).isEmpty()) {
            error(service, "healthcheck.disable", "does not go with test; remove one of them");
        }
    }

    private void references(ComposeService service) {
        for (var use : service.networks()) {
            if (!use.network().equals("default")) {
                declared(service, "networks", use.network(), use.at());
            }
        }
        for (var mount : service.mounts()) {
            var volume = switch (mount) {
                case ComposeMount.Volume named -> named.volume();
                case ComposeMount.Cluster cluster -> cluster.source().startsWith("group:") ? null : cluster.source();
                default -> null;
            };
            if (volume != null) {
                declared(service, "volumes", volume, mount.at());
            }
        }
        files(service, "secrets", service.secrets());
        files(service, "configs", service.configs());
    }

    private void declared(ComposeService service, String section, String name, Yaml.Place at) {
        var known = contents.declared(section);
        if (complete && !known.contains(name)) {
            problems.error(
                    at,
                    path(service, section),
                    "\"%s\" is not declared%s; write it under the %s of the file"
                            .formatted(Secrets.name(name), near(name, known), section));
        }
    }

    private static String near(String name, Set<String> known) {
        var near = Words.nearest(name, known);
        return near == null ? "" : " (did you mean \"%s\"?)".formatted(near);
    }

    private void files(ComposeService service, String section, List<ComposeFileUse> uses) {
        Map<String, ComposeFileUse> byTarget = new HashMap<>();
        for (var use : uses) {
            declared(service, section, use.source(), use.at());
            if (byTarget.putIfAbsent(use.target(), use) != null) {
                problems.error(
                        use.at(),
                        path(service, section),
                        "two %s have the target %s".formatted(section, Words.quoted(use.target())));
            }
        }
    }

    private void credential(ComposeService service) {
        var spec = service.surroundings().credentialSpec();
        if (spec == null) {
            return;
        }
        var count = Stream.of(spec.config(), spec.file(), spec.registry())
                .filter(Objects::nonNull)
                .count();
        if (count > 1) {
            error(service, "credential_spec", "must have one of config, file and registry");
        } else if (spec.config() != null) {
            declared(service, "configs", spec.config(), service.places().of("credential_spec.config"));
        }
    }
}
