package dev.holdfast.spec;

import static dev.holdfast.spec.PlainParts.duration;
import static dev.holdfast.spec.PlainParts.flag;
import static dev.holdfast.spec.PlainParts.list;
import static dev.holdfast.spec.PlainParts.map;
import static dev.holdfast.spec.PlainParts.number;
import static dev.holdfast.spec.PlainParts.optionalFlag;
import static dev.holdfast.spec.PlainParts.text;
import static dev.holdfast.spec.PlainParts.unwrittenSet;

import dev.holdfast.app.App;
import dev.holdfast.value.TidyPath;
import java.util.List;

/// The keys that are about the container of a task.
final class ContainerKeys {

    private static final String CONTAINER = "TaskTemplate.ContainerSpec.";

    static final List<ComposeKey> ROWS = List.of(
            key("Image", new ImagePart(), "image"),
            key("Labels", new ContainerLabelsPart(), "labels"),
            key("Command", list(App::entrypoint), "entrypoint"),
            key("Args", list(App::command), "command"),
            key("Hostname", text(App::hostname), "hostname"),
            key("Env", new EnvironmentPart(), "environment"),
            key("Dir", text(App::workingDir, TidyPath::of), "working_dir"),
            key("User", text(App::user), "user"),
            key("Groups", unwrittenSet(), "group_add"),
            key("TTY", flag(App::tty), "tty"),
            key("OpenStdin", flag(App::stdinOpen), "stdin_open"),
            key("ReadOnly", flag(App::readOnly), "read_only"),
            key("Mounts", new MountsPart(), "persistent", "scratch", "host_paths", "tmpfs"),
            key("StopSignal", text(App::stopSignal, Spelling::signal), "stop_signal"),
            key("StopGracePeriod", duration(App::stopGracePeriod, "10s"), "stop_grace_period"),
            key("Healthcheck", new HealthcheckPart(), "healthcheck")
                    .since("1.44", "StartInterval", "healthcheck.start_interval"),
            key("Hosts", new ExtraHostsPart(), "extra_hosts"),
            key("DNSConfig", new DnsPart(), "dns", "dns_search"),
            key("Secrets", FilesPart.ofSecrets(), "secrets"),
            key("Configs", FilesPart.ofConfigs(), "configs"),
            key("Init", optionalFlag(App::init), "init"),
            key("Isolation", new IsolationPart(), "isolation"),
            key("OomScoreAdj", number(App::oomScoreAdj), "oom_score_adj").since("1.46"),
            key("Privileges", new PrivilegesPart(), CONTAINER + "Privileges"),
            key("Sysctls", map(App::sysctls), "sysctls"),
            key("CapabilityAdd", CapabilitiesPart.toAdd(), "cap_add"),
            key("CapabilityDrop", CapabilitiesPart.toDrop(), "cap_drop"),
            key("Ulimits", new UlimitsPart(), "ulimits"));

    private ContainerKeys() {}

    private static ComposeKey key(String field, SpecPart part, String... words) {
        return new ComposeKey(CONTAINER + field, List.of(words), part);
    }
}
