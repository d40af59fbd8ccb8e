package dev.holdfast.git;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.List;
import java.util.Objects;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyEncryptionContext;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;

/// A forge's SSH: a real server that runs the real `git upload-pack` for one client's key.
final class SshOrigin implements AutoCloseable {

    private final SshServer server = SshServer.setUpDefaultServer();
    private final KeyPair hostKey;

    SshOrigin(KeyPair hostKey, PublicKey client) throws IOException {
        this.hostKey = hostKey;
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        server.setPublickeyAuthenticator(
                (user, key, session) -> user.equals("git") && KeyUtils.compareKeys(key, client));
        server.setCommandFactory((channel, command) -> new UploadPack(command));
        server.start();
    }

    int port() {
        return server.getPort();
    }

    /// A line of a known hosts file that vouches for this server with some key.
    String knownHost(PublicKey key) {
        return "[127.0.0.1]:" + port() + " " + PublicKeyEntry.toString(key) + "\n";
    }

    String knownHost() {
        return knownHost(hostKey.getPublic());
    }

    static Path privateKey(Path file, KeyPair pair, @Nullable String passphrase) throws Exception {
        OpenSSHKeyEncryptionContext encryption = null;
        if (passphrase != null) {
            encryption = new OpenSSHKeyEncryptionContext();
            encryption.setCipherType("256");
            encryption.setPassword(passphrase);
        }
        try (var out = Files.newOutputStream(file)) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(pair, "test", encryption, out);
        }
        return file;
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }

    private static final class UploadPack implements Command {

        private final String command;
        private @Nullable InputStream in;
        private @Nullable OutputStream out;
        private @Nullable ExitCallback exit;

        UploadPack(String command) {
            this.command = command;
        }

        @Override
        public void start(ChannelSession channel, Environment environment) {
            Thread.ofVirtual().start(this::run);
        }

        private void run() {
            var input = Objects.requireNonNull(in);
            var callback = Objects.requireNonNull(exit);
            try {
                var path = command.replaceFirst("^git-upload-pack '(.*)'$", "$1");
                var builder = new ProcessBuilder(List.of("git", "upload-pack", path));
                Origin.isolate(builder);
                var process = builder.start();
                Thread.ofVirtual().start(() -> {
                    try (var to = process.getOutputStream()) {
                        var buffer = new byte[8192];
                        for (int n = input.read(buffer); n >= 0; n = input.read(buffer)) {
                            to.write(buffer, 0, n);
                            to.flush();
                        }
                    } catch (IOException over) {
                        process.destroy();
                    }
                });
                var from = process.getInputStream();
                var to = Objects.requireNonNull(out);
                var buffer = new byte[8192];
                for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                    to.write(buffer, 0, n);
                    to.flush();
                }
                callback.onExit(process.waitFor());
            } catch (IOException | InterruptedException e) {
                callback.onExit(1, e.toString());
            }
        }

        @Override
        public void destroy(ChannelSession channel) {}

        @Override
        public void setInputStream(InputStream stream) {
            in = stream;
        }

        @Override
        public void setOutputStream(OutputStream stream) {
            out = stream;
        }

        @Override
        public void setErrorStream(OutputStream stream) {}

        @Override
        public void setExitCallback(ExitCallback callback) {
            exit = callback;
        }
    }
}
