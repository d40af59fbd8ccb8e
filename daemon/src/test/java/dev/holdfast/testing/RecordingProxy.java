package dev.holdfast.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Stands between a program and an engine's socket: writes down every request, and makes trouble where a rule says so.
/// Thread-safe.
///
/// ```java
/// try (var proxy = RecordingProxy.to(swarm.dockerHost())) {
///     proxy.atWrite(2, new Trouble.CutAfter());
///     // run the program with proxy.dockerHost()
///     assertThat(proxy.writes()).extracting(Object::toString).containsExactly("POST /services/create");
/// }
/// ```
public final class RecordingProxy implements AutoCloseable {

    private record Rule(Predicate<RecordedRequest> which, Trouble trouble) {}

    private final UnixDomainSocketAddress engine;
    private final Path folder;
    private final ServerSocketChannel server;
    private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final Set<ProxyConnection> connections = ConcurrentHashMap.newKeySet();

    private RecordingProxy(UnixDomainSocketAddress engine) throws IOException {
        this.engine = engine;
        this.folder = Files.createTempDirectory("holdfast-proxy-");
        this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket()));
    }

    /// @param dockerHost a `unix://` address
    public static RecordingProxy to(String dockerHost) {
        try {
            var path = URI.create(dockerHost).getPath();
            var proxy = new RecordingProxy(UnixDomainSocketAddress.of(path));
            Thread.ofVirtual().start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String dockerHost() {
        return "unix://" + socket();
    }

    /// All requests so far, in the order they came.
    public List<RecordedRequest> requests() {
        return List.copyOf(requests);
    }

    /// The requests that may change something.
    public List<RecordedRequest> writes() {
        return requests.stream().filter(RecordedRequest::isWrite).toList();
    }

    /// Forgets the requests so far; rules stay, and so does what they have counted.
    public void clear() {
        requests.clear();
    }

    /// From now on does this to each such request. The first rule that fits counts.
    public void when(Predicate<RecordedRequest> which, Trouble trouble) {
        rules.add(new Rule(which, trouble));
    }

    /// Does this to the k-th write from now on, and to no other.
    ///
    /// @param k from 1
    public void atWrite(int k, Trouble trouble) {
        at(k, RecordedRequest::isWrite, trouble);
    }

    /// Does this to the k-th such request from now on, and to no other.
    public void at(int k, Predicate<RecordedRequest> which, Trouble trouble) {
        var count = new AtomicInteger();
        when(request -> which.test(request) && count.incrementAndGet() == k, trouble);
    }

    /// Behaves well again.
    public void calm() {
        rules.clear();
    }

    /// Cuts every connection there is, streams of events and logs too; new ones are accepted.
    public void cutAll() {
        connections.forEach(ProxyConnection::close);
    }

    /// Writes a request down, and says what trouble it gets.
    synchronized @Nullable Trouble record(RecordedRequest request) {
        requests.add(request);
        @Nullable Trouble trouble = null;
        for (var rule : rules) {
            boolean fits = rule.which().test(request); // asked of every rule: some count
            if (fits && trouble == null) {
                trouble = rule.trouble();
            }
        }
        return trouble;
    }

    void ended(ProxyConnection connection) {
        connections.remove(connection);
    }

    private void accept() {
        try {
            while (true) {
                var client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(SocketChannel client) {
        try {
            var connection = new ProxyConnection(this, client, SocketChannel.open(engine));
            connections.add(connection);
            connection.run();
        } catch (IOException e) {
            closeQuietly(client); // the engine is down: to the client that is a connection cut
        }
    }

    static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // it is gone either way
        }
    }

    private Path socket() {
        return folder.resolve("docker.sock");
    }

    @Override
    public void close() {
        try {
            server.close();
            cutAll();
            Files.deleteIfExists(socket());
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
