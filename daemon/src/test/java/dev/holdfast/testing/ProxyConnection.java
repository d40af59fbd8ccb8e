package dev.holdfast.testing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/// One connection through the proxy: requests are read one by one on the way there, the way back is a plain stream,
/// so that logs, events and hijacked connections work as they are.
final class ProxyConnection {

    private final RecordingProxy proxy;
    private final SocketChannel client;
    private final SocketChannel engine;
    private final InputStream fromClient;
    private final OutputStream toClient;
    private final InputStream fromEngine;
    private final OutputStream toEngine;
    private volatile boolean cutWhenAnswered;

    ProxyConnection(RecordingProxy proxy, SocketChannel client, SocketChannel engine) {
        this.proxy = proxy;
        this.client = client;
        this.engine = engine;
        fromClient = new BufferedInputStream(Channels.newInputStream(client));
        toClient = Channels.newOutputStream(client);
        fromEngine = Channels.newInputStream(engine);
        toEngine = Channels.newOutputStream(engine);
    }

    /// Serves the connection until either side ends it.
    void run() {
        Thread.ofVirtual().start(this::passAnswersOn);
        try {
            var requests = new HttpRequestReader(fromClient);
            for (var message = requests.next(); message != null; message = requests.next()) {
                if (!handle(message)) {
                    return; // with a cut to come, the way back closes the connection
                }
                if (message.hijacks()) {
                    fromClient.transferTo(toEngine);
                    engine.shutdownOutput();
                    return;
                }
            }
            close();
        } catch (IOException e) {
            close();
        }
    }

    /// @return whether the connection goes on
    private boolean handle(HttpRequestReader.Message message) throws IOException {
        switch (proxy.record(message.request())) {
            case null -> toEngine.write(message.raw());
            case Trouble.Delay delay -> {
                pause(delay);
                toEngine.write(message.raw());
            }
            case Trouble.Answer answer -> toClient.write(error(answer));
            case Trouble.CutBefore _ -> {
                close();
                return false;
            }
            case Trouble.CutAfter _ -> {
                cutWhenAnswered = true;
                toEngine.write(message.raw());
                return false;
            }
        }
        return true;
    }

    private void passAnswersOn() {
        var buffer = new byte[64 * 1024];
        try {
            for (int count = fromEngine.read(buffer); count >= 0 && !cutWhenAnswered; count = fromEngine.read(buffer)) {
                toClient.write(buffer, 0, count);
            }
        } catch (IOException e) {
            // one of the two has hung up
        }
        close();
    }

    private static byte[] error(Trouble.Answer answer) {
        var body = "{\"message\":\"%s\"}\n".formatted(answer.message().replace("\"", "\\\""));
        return "HTTP/1.1 %d Trouble\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(answer.status(), body.getBytes(StandardCharsets.UTF_8).length, body)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void pause(Trouble.Delay delay) {
        try {
            Thread.sleep(delay.time());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void close() {
        RecordingProxy.closeQuietly(client);
        RecordingProxy.closeQuietly(engine);
        proxy.ended(this);
    }
}
