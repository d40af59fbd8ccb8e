package dev.holdfast.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.transport.sshd.SshdSessionFactoryBuilder;
import org.jspecify.annotations.Nullable;

/// SSH with exactly one key and one known hosts file. The user's `~/.ssh`, its settings and its agent are not looked
/// at:
/// what works must not depend on who runs it.
final class SshAccess implements AutoCloseable {

    private final KnownHosts knownHosts;
    private final SshdSessionFactory factory;

    private SshAccess(KnownHosts knownHosts, SshdSessionFactory factory) {
        this.knownHosts = knownHosts;
        this.factory = factory;
    }

    /// @param nowhere a directory without SSH files in it, standing in for the home directory
    static SshAccess of(Credentials credentials, Path nowhere) {
        var keyFile = credentials.sshKeyFile();
        var hostsFile = credentials.knownHostsFile();
        if (keyFile == null || hostsFile == null) {
            throw new GitProblem("a repository over ssh needs " + (keyFile == null ? "ssh_key_file" : "")
                    + (keyFile == null && hostsFile == null ? " and " : "")
                    + (hostsFile == null ? "known_hosts_file (ssh-keyscan HOST writes one)" : ""));
        }
        if (!Files.isReadable(hostsFile)) {
            throw new GitProblem("the known hosts file " + hostsFile + " is not there or not readable");
        }
        var keys = keys(keyFile);
        var hosts = new KnownHosts(hostsFile);
        var factory = new SshdSessionFactoryBuilder()
                .setHomeDirectory(nowhere.toFile())
                .setSshDirectory(nowhere.resolve(".ssh").toFile())
                .setConfigStoreFactory((home, configFile, user) -> null)
                .setConnectorFactory(null)
                .setPreferredAuthentications("publickey")
                .setDefaultIdentities(home -> List.of())
                .setDefaultKeysProvider(home -> keys)
                .setServerKeyDatabase((home, ssh) -> hosts)
                .build(null);
        return new SshAccess(hosts, factory);
    }

    private static List<KeyPair> keys(Path file) {
        try (var in = Files.newInputStream(file)) {
            var keys = new ArrayList<KeyPair>();
            var found = SecurityUtils.loadKeyPairIdentities(
                    null, NamedResource.ofName(file.toString()), in, (session, resource, attempt) -> {
                        throw new GitProblem("the key " + file + " has a passphrase: give one without");
                    });
            if (found != null) {
                found.forEach(keys::add);
            }
            if (keys.isEmpty()) {
                throw new GitProblem("the file " + file + " holds no private key that could be read");
            }
            return keys;
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new GitProblem("cannot read the ssh key " + file + ": "
                    + (Files.exists(file) ? e.getMessage() : "there is no such file"));
        }
    }

    void configure(Transport transport) {
        if (transport instanceof SshTransport ssh) {
            ssh.setSshSessionFactory(factory);
        }
    }

    @Nullable
    String refusal() {
        return knownHosts.refusal();
    }

    @Override
    public void close() {
        factory.close();
    }
}
