package dev.holdfast.migrate;

import java.util.List;

/// Paths of a host that programs look at and that hold no data of theirs: sockets, devices, what the kernel tells.
final class LookedAt {

    private static final List<String> BELOW =
            List.of("/proc", "/sys", "/dev", "/etc", "/run", "/var/run", "/var/log", "/var/lib/docker");

    private LookedAt() {}

    static boolean is(String path) {
        return path.equals("/")
                || BELOW.stream().anyMatch(folder -> path.equals(folder) || path.startsWith(folder + "/"));
    }
}
