package dev.holdfast.git;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.sshd.ServerKeyDatabase;
import org.jspecify.annotations.Nullable;

/// Host keys in an OpenSSH `known_hosts` file, checked strictly: a host that is not in it is refused, and nothing is
/// ever added. JGit only says that a key "did not validate", so what was refused and why is kept here.
final class KnownHosts implements ServerKeyDatabase {

    private static final int SSH_PORT = 22;

    private final Path file;
    private @Nullable String refusal;

    KnownHosts(Path file) {
        this.file = file;
    }

    /// Why the last host was refused, for people; null if none was.
    synchronized @Nullable String refusal() {
        return refusal;
    }

    @Override
    public List<PublicKey> lookup(String connectAddress, InetSocketAddress remote, Configuration config) {
        return List.copyOf(keys(connectAddress, null));
    }

    @Override
    public synchronized boolean accept(
            String connectAddress,
            InetSocketAddress remote,
            PublicKey serverKey,
            Configuration config,
            @Nullable CredentialsProvider provider) {
        var shown = "host key of " + connectAddress + ", " + KeyUtils.getKeyType(serverKey) + " "
                + KeyUtils.getFingerPrint(serverKey);
        if (contains(keys(connectAddress, "revoked"), serverKey)) {
            refusal = "the " + shown + ", is marked as revoked in " + file;
            return false;
        }
        var known = keys(connectAddress, null);
        if (contains(known, serverKey)) {
            return true;
        }
        refusal = known.isEmpty()
                ? "the " + shown + ", is not in " + file + ": compare it with what the host's operator says and add it"
                : "the " + shown + ", has changed: " + file + " says " + fingerprints(known)
                        + ". Either the host was set up again, or somebody is in between";
        return false;
    }

    private static boolean contains(List<PublicKey> keys, PublicKey key) {
        return keys.stream().anyMatch(known -> KeyUtils.compareKeys(known, key));
    }

    private static String fingerprints(List<PublicKey> keys) {
        return String.join(
                ", ",
                keys.stream()
                        .map(key -> KeyUtils.getKeyType(key) + " " + KeyUtils.getFingerPrint(key))
                        .toList());
    }

    /// @param marker `revoked` or `cert-authority`; null for plain keys
    private List<PublicKey> keys(String address, @Nullable String marker) {
        var found = new ArrayList<PublicKey>();
        for (var entry : entries()) {
            if (Objects.equals(entry.getMarker(), marker) && matches(entry, address)) {
                try {
                    found.add(entry.getKeyEntry().resolvePublicKey(null, null));
                } catch (IOException | GeneralSecurityException | RuntimeException unsupportedKey) {
                    // An algorithm that we do not speak cannot be the one that the server shows.
                    continue;
                }
            }
        }
        return found;
    }

    private List<KnownHostEntry> entries() {
        try {
            return KnownHostEntry.readKnownHostEntries(file);
        } catch (IOException | RuntimeException e) {
            throw new GitProblem("cannot read the known hosts file " + file + ": " + e.getMessage());
        }
    }

    /// @param address `host`, `host:port`, `[host]:port`
    private static boolean matches(KnownHostEntry entry, String address) {
        var host = address;
        var port = SSH_PORT;
        var colon = address.lastIndexOf(':');
        if (address.startsWith("[")) {
            var close = address.indexOf(']');
            host = address.substring(1, close);
            port = colon > close ? Integer.parseInt(address.substring(colon + 1)) : SSH_PORT;
        } else if (colon > 0 && address.indexOf(':') == colon) {
            host = address.substring(0, colon);
            port = Integer.parseInt(address.substring(colon + 1));
        }
        return entry.isHostMatch(host, port);
    }
}
