package dev.holdfast.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.holdfast.engine.Engine;
import dev.holdfast.engine.EngineAddress;
import dev.holdfast.live.Labels;
import dev.holdfast.testing.PrivateSwarm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SwarmLockIT {

    private static final SwarmLock.Timing FAST = new SwarmLock.Timing(Duration.ofMillis(100), Duration.ofMillis(1500));

    @Nested
    class OnOldEngine extends Promises {

        @RegisterExtension
        static final PrivateSwarm swarm = PrivateSwarm.oneNode();

        @Override
        PrivateSwarm swarm() {
            return swarm;
        }
    }

    @Nested
    class OnNewEngine extends Promises {

        @RegisterExtension
        static final PrivateSwarm swarm = PrivateSwarm.oneNode().engine("sid");

        @Override
        PrivateSwarm swarm() {
            return swarm;
        }
    }

    abstract static class Promises {

        private Engine engine;

        abstract PrivateSwarm swarm();

        @BeforeEach
        void open() {
            engine = Engine.at(EngineAddress.plain(swarm().dockerHost()));
        }

        @AfterEach
        void close() {
            engine.close();
        }

        @Test
        void oneHasItAndTheOthersDoNot() throws Exception {
            var wins = new AtomicInteger();
            var threads = new ArrayList<Thread>();
            for (var i = 0; i < 8; i++) {
                var lock = lock("run-" + i);
                threads.add(Thread.ofVirtual().start(() -> lock.tryTake().ifPresent(held -> wins.incrementAndGet())));
            }
            for (var thread : threads) {
                thread.join();
            }
            assertThat(wins).hasValue(1);
        }

        @Test
        void itIsFreeAgainWhenItIsClosed() {
            var lock = lock("a");
            try (var held = lock.tryTake().orElseThrow()) {
                assertThat(held.stillMine()).isTrue();
                assertThat(lock("b").tryTake()).isEmpty();
                assertThat(lock("b").holder())
                        .hasValueSatisfying(who -> assertThat(who).startsWith("a "));
            }
            try (var held = lock("b").tryTake().orElseThrow()) {
                assertThat(held.stillMine()).isTrue();
            }
            assertThat(engine.configs()).isEmpty();
        }

        @Test
        void aHolderThatBeatsIsNeverRobbed() throws Exception {
            try (var held = lock("a").tryTake().orElseThrow()) {
                var other = lock("b");
                assertThatThrownBy(() -> other.take(FAST.stale().multipliedBy(2), text -> {}))
                        .isInstanceOf(LockTaken.class)
                        .hasMessageContaining("a ");
                assertThat(held.stillMine()).isTrue();
            }
        }

        @Test
        void aBeatThatStandsStillIsTakenOver() throws Exception {
            putLock("elsewhere", "another-boot pid:[1] 1 1");
            var progress = new ArrayList<String>();
            assertThat(lock("b").tryTake()).isEmpty();
            try (var held = lock("b").take(Duration.ofSeconds(20), progress::add)) {
                assertThat(held.stillMine()).isTrue();
            }
            assertThat(progress).singleElement().asString().contains("elsewhere");
        }

        @Test
        void theLockOfADeadProcessOfThisHostIsTakenOverAtOnce() throws Exception {
            var me = LockOwner.current();
            var child = new ProcessBuilder("sleep", "100").start();
            var stat = Files.readString(Path.of("/proc/" + child.pid() + "/stat"));
            var started = stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19];
            var holder = new LockOwner(me.boot(), me.space(), child.pid(), started);
            putLock("child", holder.text());
            assertThat(lock("b").tryTake()).isEmpty();
            child.destroyForcibly().waitFor();
            try (var held = lock("b").tryTake().orElseThrow()) {
                assertThat(held.stillMine()).isTrue();
            }
        }

        @Test
        void whoWasRobbedKnowsIt() {
            try (var held = lock("a").tryTake().orElseThrow()) {
                engine.removeConfig(engine.configsNamed("holdfast-lock-default")
                        .getFirst()
                        .path("ID")
                        .asText());
                assertThat(held.stillMine()).isFalse();
                try (var other = lock("b").tryTake().orElseThrow()) {
                    assertThat(held.stillMine()).isFalse();
                    held.close();
                    assertThat(other.stillMine()).isTrue();
                }
            }
        }

        @Test
        void theBeatCountsOn() {
            try (var held = lock("a").tryTake().orElseThrow()) {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(10))
                        .until(() -> SwarmLock.beatOf(engine.configsNamed("holdfast-lock-default")
                                        .getFirst())
                                .matches(".*/([3-9]|[1-9][0-9]+)"));
                assertThat(held.stillMine()).isTrue();
            }
        }

        private SwarmLock lock(String holder) {
            return new SwarmLock(engine, "default", holder, Ticker.SYSTEM, FAST);
        }

        private void putLock(String holder, String process) {
            var labels = JsonNodeFactory.instance
                    .objectNode()
                    .put(Labels.LOCK, holder + "/1")
                    .put(Labels.LOCK_PROCESS, process);
            engine.createConfig("holdfast-lock-default", labels, new byte[] {'x'}, null);
        }
    }
}
