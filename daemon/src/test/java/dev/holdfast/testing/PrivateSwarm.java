package dev.holdfast.testing;

import dev.holdfast.testing.RunningSwarm.Shape;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;

/// Gives a test class a real Swarm. It starts when the first class that wants one of its shape runs, is shared by
/// all of them in this JVM, and is as good as new before each test. See [RunningSwarms] for when it ends.
///
/// ```java
/// @RegisterExtension
/// static final PrivateSwarm swarm = PrivateSwarm.ofNodes(3).engine("sid");
/// ```
public final class PrivateSwarm implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

    /// Most of what is waited for is asked of the docker client, which takes more of the processor than the Swarms.
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(400);

    private final Shape shape;
    private @Nullable RunningSwarm running;

    private PrivateSwarm(Shape shape) {
        Awaitility.setDefaultPollInterval(BETWEEN_LOOKS);
        this.shape = shape;
    }

    public static PrivateSwarm oneNode() {
        return ofNodes(1);
    }

    /// One manager, the others workers.
    public static PrivateSwarm ofNodes(int nodes) {
        return new PrivateSwarm(new Shape(nodes, 1, "bookworm"));
    }

    public PrivateSwarm managers(int managers) {
        return new PrivateSwarm(new Shape(shape.nodes(), managers, shape.engine()));
    }

    /// `bookworm` (20.10, the default), `trixie` (26.1) or `sid` (28.5 or newer).
    public PrivateSwarm engine(String engine) {
        return new PrivateSwarm(new Shape(shape.nodes(), shape.managers(), engine));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        // Not the store of the root context: that one ends with each class, where the build hands them out singly.
        running = context.getStore(StoreScope.LAUNCHER_SESSION, ExtensionContext.Namespace.create(PrivateSwarm.class))
                .computeIfAbsent("swarms", _ -> new RunningSwarms(), RunningSwarms.class)
                .of(shape);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        reset();
    }

    /// So that nothing of this class goes on running while others run in other Swarms.
    @Override
    public void afterAll(ExtensionContext context) {
        reset();
    }

    /// Removes everything a test made, on every node, and undoes what it did to the nodes.
    public void reset() {
        running().reset();
    }

    /// The first node's engine, a manager, as in `DOCKER_HOST`.
    public String dockerHost() {
        return node(1).dockerHost();
    }

    /// Runs the docker client against the first node.
    ///
    /// @return what it printed, without the last line's end
    /// @throws IllegalStateException if it fails
    public String docker(String... arguments) {
        return node(1).docker(arguments);
    }

    /// As [#docker], through the proxy.
    public String docker(RecordingProxy proxy, String... arguments) {
        return node(1).dockerAt(proxy.dockerHost(), arguments);
    }

    /// @param number from 1
    public SwarmNode node(int number) {
        return nodes().get(number - 1);
    }

    public List<SwarmNode> nodes() {
        return running().nodes();
    }

    private RunningSwarm running() {
        return Objects.requireNonNull(running, "a PrivateSwarm is a static field with @RegisterExtension");
    }
}
