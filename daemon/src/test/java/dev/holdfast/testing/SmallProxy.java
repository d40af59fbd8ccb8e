package dev.holdfast.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An HTTP proxy that writes down what it is asked. It knows the hosts of `.test`, which nobody else does: they are
/// this machine.
public final class SmallProxy implements AutoCloseable {

    private static final Pattern AUTHORIZATION = Pattern.compile("(?im)^Proxy-Authorization: *(.*)$");

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final @Nullable String login;

    /// @param login `user:password` that it asks for; null for none
    public SmallProxy(@Nullable String login) throws IOException {
        this.login = login;
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /// First lines of the requests that were let through.
    public List<String> asked() {
        return List.copyOf(asked);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            var head = head(client.getInputStream());
            var line = head.lines().findFirst().orElse("");
            if (!isLoggedIn(head)) {
                answer(client, "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"proxy\"");
                return;
            }
            var words = line.split(" ");
            var tunnel = words[0].equals("CONNECT");
            var to = URI.create(tunnel ? "x://" + words[1] : words[1]);
            if (!to.getHost().endsWith(".test") && !to.getHost().equals("127.0.0.1")) {
                answer(client, "502 Bad Gateway");
                return;
            }
            asked.add(line);
            forward(client, to.getPort(), tunnel ? null : head);
        } catch (IOException gone) {
            return;
        }
    }

    private boolean isLoggedIn(String head) {
        if (login == null) {
            return true;
        }
        var given = AUTHORIZATION.matcher(head);
        var expected = "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
        return given.find() && given.group(1).strip().equals(expected);
    }

    private static void answer(Socket client, String status) throws IOException {
        var text = "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        client.shutdownOutput();
        // What is closed with something unread is reset, and the answer may be lost with it.
        client.setSoTimeout(2_000);
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    private static void forward(Socket client, int port, @Nullable String head) throws IOException {
        try (var origin = new Socket(InetAddress.getLoopbackAddress(), port)) {
            if (head == null) {
                client.getOutputStream()
                        .write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            } else {
                var ended = AUTHORIZATION.matcher(head).replaceAll("Connection: close");
                origin.getOutputStream().write(ended.getBytes(StandardCharsets.ISO_8859_1));
            }
            var up = Thread.ofVirtual().start(() -> copy(client, origin));
            copy(origin, client);
            up.interrupt();
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException over) {
            return;
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            var next = in.read();
            if (next < 0) {
                break;
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
