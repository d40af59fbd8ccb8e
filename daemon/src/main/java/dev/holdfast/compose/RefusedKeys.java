package dev.holdfast.compose;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// Keys that `docker compose` knows and `docker stack deploy` refuses, each with what to do instead.
final class RefusedKeys {

    private static final String REMOVE = "a Swarm cannot do this for a service: remove it";
    private static final String LIMITS = "write deploy.resources.limits.";

    /// Of these the client says that a file with one of them must not be deployed, whatever version it is.
    static final Set<String> FORBIDDEN = Set.of(
            "extends",
            "volume_driver",
            "volumes_from",
            "cpu_quota",
            "cpu_shares",
            "cpuset",
            "mem_limit",
            "memswap_limit");

    static final Map<String, String> OF_SERVICE = ofService();

    private static final String OF_CAPROVER =
            "this is a template of CapRover: holdfast import caprover FILE writes app files for it";

    static final Map<String, String> OF_FILE = Map.of(
            "name", "a stack is called as its file, or as its key under stacks in holdfast.yaml: remove it",
            "models", REMOVE,
            "captainVersion", OF_CAPROVER,
            "caproverOneClickApp", OF_CAPROVER);

    static final Map<String, String> OF_NETWORK = Map.of("enable_ipv6", "remove it", "enable_ipv4", "remove it");

    static final Map<String, String> OF_SUBNET = Map.of(
            "gateway", "a Swarm takes the subnet's first address: remove it",
            "ip_range", "remove it",
            "aux_addresses", "remove it");

    static final Map<String, String> OF_CONTENT = Map.of(
            "environment",
            "there is no environment to take it from: write it into a file and name that in file, or"
                    + " make it by hand and write external: true",
            "content",
            "write the content into a file of the repository and name that in file");

    private RefusedKeys() {}

    private static Map<String, String> ofService() {
        var hints = new HashMap<String, String>();
        hints.put("extends", "use an anchor and << in the file");
        hints.put("volume_driver", "declare the volume with its driver under the volumes of the file");
        hints.put("volumes_from", "declare a volume under the volumes of the file, and mount it in each service");
        hints.put("mem_limit", LIMITS + "memory");
        hints.put("memswap_limit", LIMITS + "memory");
        hints.put("mem_reservation", "write deploy.resources.reservations.memory");
        hints.put("mem_swappiness", REMOVE);
        hints.put("cpus", LIMITS + "cpus");
        hints.put("cpu_count", LIMITS + "cpus");
        hints.put("cpu_percent", LIMITS + "cpus");
        hints.put("cpu_quota", LIMITS + "cpus");
        hints.put("cpu_period", LIMITS + "cpus");
        hints.put("cpu_shares", "write deploy.resources.reservations.cpus");
        hints.put("cpuset", REMOVE);
        hints.put("pids_limit", LIMITS + "pids");
        hints.put("scale", "write deploy.replicas");
        hints.put("platform", "a Swarm takes the platform from the image: use deploy.placement.constraints");
        hints.put("profiles", "every service of a file is deployed: put it into a file of its own");
        hints.put("pull_policy", "remove it");
        hints.put("gpus", "write deploy.resources.reservations.generic_resources");
        hints.put("runtime", "set default-runtime in the engine's own settings");
        hints.put("group_add", "put the group into user (user: 1000:999)");
        hints.put("dns_opt", "set dns-opts in the engine's own settings");
        hints.put("label_file", "write the labels under labels");
        hints.put("use_api_socket", "mount /var/run/docker.sock under volumes");
        hints.put("annotations", "use labels");
        hints.put("name", "a service is called as its key: remove it");
        for (var key : Set.of(
                "attach",
                "blkio_config",
                "develop",
                "device_cgroup_rules",
                "oom_kill_disable",
                "post_start",
                "pre_stop",
                "provider",
                "models",
                "storage_opt",
                "uts",
                "cgroup",
                "cpu_rt_period",
                "cpu_rt_runtime")) {
            hints.put(key, REMOVE);
        }
        return Map.copyOf(hints);
    }
}
