package dev.holdfast.run;

import dev.holdfast.git.RepositoryLocation;
import java.net.InetAddress;
import java.net.UnknownHostException;

/// Names by which people recognise a run and a repository.
public final class RunNames {

    private RunNames() {}

    /// Who holds the lock: a process on a machine.
    static String name() {
        var pid = ProcessHandle.current().pid();
        try {
            return "process " + pid + " on " + InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "process " + pid;
        }
    }

    /// Where a repository is, without what opens it.
    public static String repository(RepositoryLocation location) {
        return switch (location) {
            case RepositoryLocation.Remote remote -> remote.url().replaceFirst("://[^/@]*@", "://");
            case RepositoryLocation.Local local ->
                local.directory().toAbsolutePath().normalize().toString();
        };
    }
}
