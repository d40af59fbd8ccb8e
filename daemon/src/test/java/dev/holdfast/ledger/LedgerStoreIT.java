package dev.holdfast.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.holdfast.engine.Engine;
import dev.holdfast.engine.EngineAddress;
import dev.holdfast.live.Labels;
import dev.holdfast.testing.PrivateSwarm;
import dev.holdfast.testing.RecordingProxy;
import java.time.Duration;
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
        engine = Engine.at(EngineAddress.plain(proxy.dockerHost()));
        store = new LedgerStore(engine);
    }

    @AfterEach
    void close() {
        engine.close();
        proxy.close();
    }

    @Test
    void theLedgersOfOtherClustersAreReadAsTheyAreNow() {
        for (var cluster : List.of("blue", "blue-2")) {
            var ledger = store.read(cluster, () -> "a2V5");
            ledger = store.write(ledger.withClaims(List.of(Samples.volume("old"))));
            store.write(ledger.withClaims(List.of(Samples.volume("of-" + cluster))));
        }
        store.write(read());
        assertThat(store.others("default"))
                .extracting(ledger ->
                        ledger.cluster() + " " + ledger.claims().getFirst().name())
                .containsExactly("blue of-blue", "blue-2 of-blue-2");
        assertThat(store.others("blue")).extracting(Ledger::cluster).containsExactly("blue-2", "default");
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

    /// As real ones are: no two times or inodes alike. Such a ledger has about 60 bytes a claim.
    @Test
    void tenThousandClaimsFitAndAreQuicklyReadAndWritten() {
        var random = new Random(7);
        var claims = new ArrayList<Claim>();
        for (var i = 0; i < 10_000; i++) {
            var name =
                    i % 2 == 0 ? "team-" + random.nextInt(50) + "-service-" + i + "-data" : "/srv/team/" + i + "/files";
            var identity = i % 2 == 0
                    ? java.time.Instant.ofEpochSecond(1_700_000_000L + random.nextInt(90_000_000))
                            .toString()
                    : "64768:" + random.nextInt(100_000_000);
            var kind = i % 2 == 0 ? Claim.Kind.VOLUME : Claim.Kind.BIND;
            var node = random.nextInt(20);
            var commit = java.util.HexFormat.of().toHexDigits(random.nextLong(), 16)
                    + java.util.HexFormat.of().toHexDigits(random.nextLong(), 16)
                    + java.util.HexFormat.of().toHexDigits(random.nextLong(), 8);
            claims.add(new Claim(
                    kind,
                    name,
                    "qavhzhnkxmhftaescb0hzy" + node,
                    "worker-" + node,
                    "service-" + i,
                    "/var/lib/data",
                    false,
                    identity,
                    i % 5 == 0 ? new Claim.GivenUp("2026-11-24T12:00:00Z", commit) : null));
        }
        var begun = System.nanoTime();
        var written = store.write(read().withClaims(claims));
        var read = read();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
        assertThat(read).isEqualTo(written);
        assertThat(LedgerFormat.encode(written).length).isLessThan(LedgerStore.LIMIT * 9 / 10);
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
