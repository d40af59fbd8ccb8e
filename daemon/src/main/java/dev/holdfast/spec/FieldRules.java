package dev.holdfast.spec;

import static dev.holdfast.spec.FieldRule.Restart.ALWAYS;
import static dev.holdfast.spec.FieldRule.Restart.NEVER;

import dev.holdfast.spec.FieldRule.Reader;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The table of a spec's fields: how each is read, and what a change of it does. A field that is not here is read as it
/// stands, and a change of it is taken to restart the tasks.
final class FieldRules {

    private static final String TASK = "TaskTemplate.";
    private static final String CONTAINER = TASK + "ContainerSpec.";

    /// The parts that are not compared whole but field by field.
    private static final List<String> OPEN = List.of("", "TaskTemplate", "TaskTemplate.ContainerSpec");

    private static final List<FieldRule> TABLE = List.of(
            // service
            new FieldRule("Name", Readers.any("name"), ALWAYS),
            new FieldRule("Labels", Readers.serviceLabels(), NEVER),
            new FieldRule("Mode", Readers.mode(), (path, before, after, names) -> path.equals(Readers.MODE)),
            new FieldRule("UpdateConfig", Readers.replacing("deploy.update_config"), NEVER),
            new FieldRule("RollbackConfig", Readers.replacing("deploy.rollback_config"), NEVER),
            new FieldRule("EndpointSpec", EndpointReader::read, ALWAYS),
            // task
            new FieldRule(TASK + "RestartPolicy", Readers.restartPolicy(), ALWAYS),
            new FieldRule(TASK + "Placement", PlacementReader::read, PlacementReader::restarts),
            new FieldRule(TASK + "Resources", ResourceReader::read, ALWAYS),
            new FieldRule(TASK + "Networks", NetworkReader::read, ALWAYS),
            new FieldRule(TASK + "LogDriver", Readers.logging(), ALWAYS),
            new FieldRule(TASK + "Runtime", Readers.anyBut("container", TASK + "Runtime"), ALWAYS),
            // container
            new FieldRule(CONTAINER + "Image", Readers.any("image"), ALWAYS),
            new FieldRule(CONTAINER + "Labels", Readers.map("labels"), ALWAYS),
            new FieldRule(CONTAINER + "Command", Readers.list("entrypoint"), ALWAYS),
            new FieldRule(CONTAINER + "Args", Readers.list("command"), ALWAYS),
            new FieldRule(CONTAINER + "Env", Readers.environment(), ALWAYS),
            new FieldRule(CONTAINER + "Hostname", Readers.any("hostname"), ALWAYS),
            new FieldRule(CONTAINER + "Dir", Readers.text("working_dir", Spelling::path), ALWAYS),
            new FieldRule(CONTAINER + "User", Readers.any("user"), ALWAYS),
            new FieldRule(CONTAINER + "Groups", Readers.set("group_add"), ALWAYS),
            new FieldRule(CONTAINER + "TTY", Readers.any("tty"), ALWAYS),
            new FieldRule(CONTAINER + "OpenStdin", Readers.any("stdin_open"), ALWAYS),
            new FieldRule(CONTAINER + "ReadOnly", Readers.any("read_only"), ALWAYS),
            new FieldRule(CONTAINER + "Init", Readers.any("init"), ALWAYS),
            new FieldRule(CONTAINER + "Isolation", Readers.anyBut("default", "isolation"), ALWAYS),
            new FieldRule(CONTAINER + "StopSignal", Readers.text("stop_signal", Spelling::signal), ALWAYS),
            new FieldRule(CONTAINER + "StopGracePeriod", Readers.duration("stop_grace_period", "10s"), ALWAYS),
            new FieldRule(CONTAINER + "OomScoreAdj", Readers.any("oom_score_adj"), ALWAYS),
            new FieldRule(CONTAINER + "Privileges", Readers.anyBut("default", CONTAINER + "Privileges"), ALWAYS),
            new FieldRule(CONTAINER + "CapabilityAdd", Readers.capabilities("cap_add"), ALWAYS),
            new FieldRule(CONTAINER + "CapabilityDrop", Readers.capabilities("cap_drop"), ALWAYS),
            new FieldRule(CONTAINER + "Sysctls", Readers.map("sysctls"), ALWAYS),
            new FieldRule(CONTAINER + "Ulimits", Readers.ulimits(), ALWAYS),
            new FieldRule(CONTAINER + "Hosts", Readers.hosts(), ALWAYS),
            new FieldRule(CONTAINER + "DNSConfig", Readers.dns(), ALWAYS),
            new FieldRule(CONTAINER + "Healthcheck", Readers.healthcheck(), ALWAYS),
            new FieldRule(CONTAINER + "Secrets", Readers.files("secrets", "SecretName", "/run/secrets/"), ALWAYS),
            new FieldRule(CONTAINER + "Configs", Readers.files("configs", "ConfigName", "/"), ALWAYS),
            new FieldRule(CONTAINER + "Mounts", MountReader::read, ALWAYS));

    private static final Map<String, FieldRule> BY_PATH =
            TABLE.stream().collect(Collectors.toUnmodifiableMap(FieldRule::path, Function.identity()));

    private FieldRules() {}

    static boolean isOpen(String path) {
        return OPEN.contains(path);
    }

    static FieldRule of(String path) {
        var rule = BY_PATH.get(path);
        Reader asItStands = (node, side, leaves) -> leaves.putAny(path, node);
        return rule != null ? rule : new FieldRule(path, asItStands, ALWAYS);
    }
}
