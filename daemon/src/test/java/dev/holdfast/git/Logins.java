package dev.holdfast.git;

import java.nio.file.Path;

/// Credentials of one kind alone.
final class Logins {

    private Logins() {}

    static Credentials ssh(Path keyFile, Path knownHostsFile) {
        return new Credentials(keyFile, knownHostsFile, null, null, null);
    }

    static Credentials http(String username, Path passwordFile) {
        return new Credentials(null, null, username, passwordFile, null);
    }
}
