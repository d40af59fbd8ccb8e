package dev.holdfast.app;

import dev.holdfast.yaml.Refuses;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Keys that people know from Compose and that Holdfast refuses, each with the reason and what to do instead. Nothing
/// is ignored silently.
public final class RefusedKeys implements Refuses.Sentences {

    private static final String NO_SWARM = "Swarm cannot do this for a service; ";
    private static final String LINKS = "apps that share a network reach each other by name: put both into one under"
            + " networks, and give other names as aliases there";
    private static final String REFUSED_TOO = "docker stack deploy refuses this key too; remove it";
    private static final Map<Class<?>, Map<String, String>> SENTENCES = Map.ofEntries(
            Map.entry(App.class, ofApp()),
            Map.entry(Directory.class, ofDirectory()),
            Map.entry(FileReference.class, ofFileReference()),
            Map.entry(PortsForm.LongPort.class, ofPort()),
            Map.entry(Deploy.class, Map.of("scale", "write replicas")),
            Map.entry(Schedule.class, ofSchedule()),
            Map.entry(
                    Deploy.Reservations.class,
                    Map.of(
                            "devices", "Swarm has no device requests; use generic_resources",
                            "pids", "Swarm reserves no process numbers; write deploy.resources.limits.pids")),
            Map.entry(NetworkAttachment.class, ofNetworkAttachment()),
            Map.entry(Repository.class, ofRepository()),
            Map.entry(
                    Repository.Network.class,
                    Map.of("enable_ipv6", "Swarm's overlay networks cannot do this by this key; remove it")),
            Map.entry(Repository.Ipam.class, Map.of("options", REFUSED_TOO)),
            Map.entry(
                    Repository.Subnet.class,
                    Map.of("gateway", REFUSED_TOO, "ip_range", REFUSED_TOO, "aux_addresses", REFUSED_TOO)),
            Map.entry(
                    Repository.Volume.class,
                    Map.of(
                            "name", "a volume is called as its key says, exactly; rename the key",
                            "external", "an entry is only needed for volumes with a driver; remove it")),
            Map.entry(Scratch.class, ofDirectory()),
            Map.entry(
                    HostPath.Long.class,
                    Map.of(
                            "host", "write source",
                            "volume", "a volume is data, or scratch; this is a path of the host: source",
                            "type", "this is a path of the host; remove it",
                            "read_only", "it is read-only unless it says writable: true; remove it")),
            Map.entry(Repository.ContentSource.class, ofContentSource()));

    @Override
    public @Nullable String sentence(Class<?> type, String key) {
        return SENTENCES.getOrDefault(type, Map.of()).get(key);
    }

    private static Map<String, String> ofApp() {
        var keys = new HashMap<String, String>();
        keys.put(
                "volumes",
                "an app's data is declared in persistent.directories (or scratch for what may be lost, host_paths for"
                        + " what it only looks at)");
        keys.put(
                "services",
                "this is a Compose file; an app file is one service: put each into a document of its own, with name");
        keys.put("leave", "write persistent: { leave: [NAME] }");
        keys.put("leave_data_on", "write persistent: { leave_data_on: NODE }");
        keys.put("node", "write persistent: { node: NODE }; an app without data has deploy.placement.constraints");
        keys.put("each_node", "write persistent: { each_node: true }");
        keys.put("directories", "write persistent: { directories: […] }");
        keys.put("version", "an app file has no version; remove it");
        keys.put("build", NO_SWARM + "build the image elsewhere and name it in image");
        keys.put("privileged", NO_SWARM + "give single capabilities with cap_add");
        keys.put("devices", NO_SWARM + "use generic_resources, or bind the device's directory");
        keys.put("network_mode", NO_SWARM + "for the host's network declare an external network named host");
        keys.put(
                "container_name",
                NO_SWARM + "other apps of its networks reach this one by its name, and by aliases under networks");
        keys.put("links", NO_SWARM + LINKS);
        keys.put("external_links", NO_SWARM + LINKS);
        keys.put("cgroup_parent", NO_SWARM + "remove it");
        keys.put("cgroupns_mode", NO_SWARM + "remove it");
        keys.put("cgroup", NO_SWARM + "remove it");
        keys.put("domainname", NO_SWARM + "write the full name in hostname");
        keys.put("ipc", NO_SWARM + "remove it");
        keys.put("mac_address", NO_SWARM + "remove it");
        keys.put("pid", NO_SWARM + "remove it");
        keys.put("uts", NO_SWARM + "remove it");
        keys.put("security_opt", NO_SWARM + "remove it, or set it in the engine's own settings");
        keys.put("shm_size", NO_SWARM + "mount a tmpfs: [/dev/shm:size=…]");
        keys.put("userns_mode", NO_SWARM + "remove it");
        keys.put("runtime", NO_SWARM + "set default-runtime in the engine's own settings");
        keys.put("gpus", NO_SWARM + "use deploy.resources.reservations.generic_resources");
        keys.put("annotations", NO_SWARM + "use labels");
        keys.put("storage_opt", NO_SWARM + "remove it");
        keys.put("device_cgroup_rules", NO_SWARM + "remove it");
        keys.put("blkio_config", NO_SWARM + "remove it");
        keys.put("oom_kill_disable", NO_SWARM + "remove it");
        keys.put("group_add", "docker stack deploy does not know this key; put the group into user (user: 1000:999)");
        keys.put("credential_spec", "Holdfast does not manage Windows credential specs; remove it");
        keys.put("profiles", "every app of the repository runs; leave out its file where it should not");
        keys.put("platform", "Swarm takes the platform from the image; use deploy.placement.constraints");
        keys.put("pull_policy", "the image is pulled when its digest changes (see image_policy); remove it");
        keys.put("attach", "this belongs to docker compose up; remove it");
        keys.put("develop", "this belongs to docker compose watch; remove it");
        keys.put("provider", "Swarm has no providers; remove it");
        keys.put("models", "Swarm has no models; remove it");
        keys.put(
                "dns_opt",
                "docker stack deploy refuses this key too; remove it, or set dns-opts in the engine's own settings");
        keys.put("net", "write networks; for the host's network declare an external network named host");
        keys.put("log_driver", "write logging: { driver: … }");
        keys.put("log_opt", "write logging: { options: … }");
        keys.put("dockerfile", NO_SWARM + "build the image elsewhere and name it in image");
        keys.put("use_api_socket", "write host_paths: [/var/run/docker.sock]");
        keys.put("post_start", "Swarm has no hooks; remove it");
        keys.put("pre_stop", "Swarm has no hooks; remove it");
        keys.put("extends", "use YAML anchors in the file, or defaults in holdfast.yaml");
        keys.put("include", "each file below apps/ is read by itself; remove it");
        keys.put("expose", "apps on one network reach every port; remove it, or publish with ports");
        keys.put("volumes_from", "an app's data is declared in persistent.directories");
        keys.put("volume_driver", "declare the volume with its driver under volumes in holdfast.yaml");
        keys.put("scale", "write deploy.replicas");
        keys.put("mem_limit", "write deploy.resources.limits.memory");
        keys.put("mem_reservation", "write deploy.resources.reservations.memory");
        keys.put("memswap_limit", NO_SWARM + "write deploy.resources.limits.memory");
        keys.put("mem_swappiness", NO_SWARM + "remove it");
        keys.put("cpus", "write deploy.resources.limits.cpus");
        keys.put("cpu_count", "write deploy.resources.limits.cpus");
        keys.put("cpu_percent", "write deploy.resources.limits.cpus");
        keys.put("cpu_quota", "write deploy.resources.limits.cpus");
        keys.put("cpu_period", "write deploy.resources.limits.cpus");
        keys.put("cpu_shares", "write deploy.resources.reservations.cpus");
        keys.put("cpu_rt_runtime", NO_SWARM + "remove it");
        keys.put("cpu_rt_period", NO_SWARM + "remove it");
        keys.put("cpuset", NO_SWARM + "remove it");
        keys.put("pids_limit", "write deploy.resources.limits.pids");
        keys.put("env_file", "not supported yet; write the variables under environment");
        keys.put("label_file", "not supported yet; write the labels under labels");
        keys.put("cron", "write schedule: EXPRESSION");
        return Map.copyOf(keys);
    }

    /// Compose's long form of a volume.
    private static Map<String, String> ofDirectory() {
        return Map.of(
                "type", "the key says what it is: volume: NAME, or host: /PATH; remove it",
                "source", "write volume: NAME, or host: /PATH, in place of source",
                "bind", "a host directory must be there, and Holdfast makes none; remove it",
                "tmpfs", "what is gone with the task is under tmpfs of the app",
                "image", "Swarm mounts no images; remove it",
                "consistency", "the engine ignores this key; remove it");
    }

    private static Map<String, String> ofFileReference() {
        var above = "where the bytes come from is said in holdfast.yaml, under secrets or configs; here stands its key"
                + " there: source";
        return Map.of("file", above, "external", above, "environment", above, "content", above, "name", above);
    }

    private static Map<String, String> ofPort() {
        return Map.of(
                "host_ip", "Swarm listens on all addresses of a node; remove it, and close the port by a firewall",
                "name", "Swarm's ports have no names; remove it",
                "app_protocol", "Swarm knows none; remove it");
    }

    private static Map<String, String> ofNetworkAttachment() {
        return Map.of(
                "ipv4_address", "Swarm gives out addresses itself; remove it",
                "ipv6_address", "Swarm gives out addresses itself; remove it",
                "link_local_ips", "Swarm gives out addresses itself; remove it",
                "mac_address", "Swarm gives out addresses itself; remove it",
                "interface_name", "Swarm names interfaces itself; remove it",
                "priority", "Swarm has no order of networks; remove it",
                "gw_priority", "Swarm has no order of networks; remove it");
    }

    private static Map<String, String> ofSchedule() {
        return Map.of(
                "timezone", "write time_zone",
                "tz", "write time_zone",
                "timeout", "write deadline",
                "suspend", "write deploy: { replicas: 0 }, and no run is started");
    }

    private static Map<String, String> ofRepository() {
        return Map.of(
                "services", "apps are files below apps/, one document for each service",
                "name", "write cluster",
                "version", "holdfast.yaml has no version; remove it",
                "image", "this looks like an app; apps are files below apps/");
    }

    private static Map<String, String> ofContentSource() {
        return Map.of(
                "environment", "Holdfast has no environment to take it from; use file or external",
                "content", "write the content into a file of the repository and name it in file",
                "driver", "secret drivers are not supported; use file or external",
                "labels", "Holdfast labels secrets and configs itself; remove it");
    }
}
