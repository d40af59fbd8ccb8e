package dev.holdfast.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.holdfast.engine.Engine;
import dev.holdfast.live.Labels;
import dev.holdfast.testing.PrivateSwarm;
import dev.holdfast.testing.RecordingProxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LedgerStoreIT {

    @RegisterExtension
    static final PrivateSwarm swarm = PrivateSwarm.oneNode();

    private RecordingProxy proxy;
    private Engine engine;
    private LedgerStore store;

    @BeforeEach
    void open() {
        proxy = RecordingProxy.to(swarm.dockerHost());
        engine = Engine.at(proxy.dockerHost());
        store = new LedgerStore(engine);
    }

    @AfterEach
    void close() {
        engine.close();
        proxy.close();
    }

    @Test
    void whatIsWrittenIsReadAndTheLastThreeAreKept() {
        var ledger = read();
        for (var i = 1; i <= 5; i++) {
            ledger = store.write(ledger.withClaims(List.of(Samples.volume("v" + i))));
        }
        assertThat(read()).isEqualTo(ledger);
        assertThat(ledger.sequence()).isEqualTo(5);
        assertThat(names())
                .containsExactlyInAnyOrder(
                        "holdfast-ledger-default-3", "holdfast-ledger-default-4", "holdfast-ledger-default-5");
        var labels = engine.configsNamed("holdfast-ledger-default-5")
                .getFirst()
                .path("Spec")
                .path("Labels");
        assertThat(labels.path(Labels.LEDGER).asText()).isEqualTo("5");
        assertThat(labels.has(Labels.STACK)).isFalse();
    }

    @Test
    void nothingIsWrittenWhereNothingChanged() {
        var ledger = store.write(read().withClaims(List.of(Samples.volume("a"))));
        proxy.clear();
        assertThat(store.write(ledger)).isEqualTo(ledger);
        assertThat(proxy.writes()).isEmpty();
    }

    @Test
    void ofTwoWritersOneIsToldToReadAgain() {
        var mine = read();
        var theirs = read();
        store.write(mine.withClaims(List.of(Samples.volume("a"))));
        assertThatThrownBy(() -> store.write(theirs.withClaims(List.of(Samples.volume("b")))))
                .isInstanceOf(LedgerMoved.class);
        assertThat(read().claims()).containsExactly(Samples.volume("a"));
    }

    @Test
    void aWriterThatComesTooLateTakesItsOwnAwayAgain() {
        put("holdfast-ledger-default-9", LedgerFormat.encode(Samples.ledger(Samples.volume("new"))));
        var late = Samples.ledger(Samples.volume("old")).withSequence(9);
        put("holdfast-ledger-default-10", LedgerFormat.encode(Samples.ledger(Samples.volume("newer"))));
        assertThatThrownBy(() -> store.write(late)).isInstanceOf(LedgerMoved.class);
        assertThat(read().claims()).extracting(Claim::name).containsExactly("newer");
    }

    @Test
    void aLedgerThatIsTooLargeIsRefusedBeforeAnythingIsWritten() {
        var random = new Random(7);
        var claims = new ArrayList<Claim>();
        for (var i = 0; i < 30_000; i++) {
            claims.add(Samples.volume(Long.toHexString(random.nextLong())
                    + Long.toHexString(random.nextLong())
                    + Long.toHexString(random.nextLong())
                    + Long.toHexString(random.nextLong())
                    + Long.toHexString(random.nextLong())));
        }
        var large = read().withClaims(claims);
        proxy.clear();
        assertThatThrownBy(() -> store.write(large))
                .isInstanceOf(LedgerUnusable.class)
                .hasMessageContaining("orphans forget");
        assertThat(proxy.writes()).isEmpty();
    }

    @Test
    void aBrokenLedgerStopsEverything() {
        store.write(read().withClaims(List.of(Samples.volume("a"))));
        put("holdfast-ledger-default-2", new byte[] {1, 2, 3});
        assertThatThrownBy(this::read)
                .isInstanceOf(LedgerUnusable.class)
                .hasMessageContaining("docker config rm holdfast-ledger-default-2");
    }

    @Test
    void clustersWithLikeNamesDoNotMeet() {
        store.write(Ledger.empty("a-1", "k"));
        assertThat(store.read("a", () -> "key").sequence()).isZero();
        assertThat(store.read("a-1", () -> "key").nameKey()).isEqualTo("k");
    }

    private Ledger read() {
        return store.read("default", () -> "key");
    }

    private void put(String name, byte[] data) {
        engine.createConfig(name, JsonNodeFactory.instance.objectNode().put(Labels.LEDGER, "x"), data, null);
    }

    private List<String> names() {
        return engine.configs().stream()
                .map(config -> config.path("Spec").path("Name").asText())
                .toList();
    }
}
