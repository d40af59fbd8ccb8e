package dev.holdfast.app;

import java.util.List;

/// Folders in which a host has its own files: sockets, devices, what the kernel tells. What lies there is nobody's
/// data.
public final class HostFolders {

    private static final List<String> OF_THE_HOST =
            List.of("/proc", "/sys", "/dev", "/etc", "/run", "/var/run", "/var/log", "/var/lib/docker");

    private HostFolders() {}

    /// Whether a path, absolute and tidy, is one of these folders, lies in one, or is the root of all.
    public static boolean hold(String path) {
        return path.equals("/")
                || OF_THE_HOST.stream().anyMatch(folder -> path.equals(folder) || path.startsWith(folder + "/"));
    }
}
