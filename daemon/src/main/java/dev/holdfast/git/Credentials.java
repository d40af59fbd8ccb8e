package dev.holdfast.git;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What opens a remote repository. Files are read again at every contact, so that a rotated key needs no restart.
///
/// @param sshKeyFile private key without a passphrase, for ssh
/// @param knownHostsFile host keys that are trusted, in OpenSSH's format, for ssh
/// @param username for http; null means `git`, which forges accept beside a token
/// @param passwordFile password or token in one line, for http
/// @param caFile certificates of authorities that are trusted besides the system's and Java's, for https
public record Credentials(
        @Nullable Path sshKeyFile,
        @Nullable Path knownHostsFile,
        @Nullable String username,
        @Nullable Path passwordFile,
        @Nullable Path caFile) {

    public static final Credentials NONE = new Credentials(null, null, null, null, null);
}
