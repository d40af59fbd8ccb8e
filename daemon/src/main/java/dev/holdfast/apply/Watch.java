package dev.holdfast.apply;

import dev.holdfast.engine.Engine;
import dev.holdfast.engine.EngineException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One reader of the Swarm for everybody who waits: services and tasks are listed once per beat, however many apps
/// roll out at the same time. Safe for use by many threads.
final class Watch implements AutoCloseable {

    private static final Duration BEAT = Duration.ofMillis(400);

    /// How long the engine may be away before a wait gives up.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Engine engine;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread reader;
    private @Nullable Snapshot latest;
    private @Nullable EngineException trouble;
    private int waiting;
    private long number;
    private boolean closed;

    Watch(Engine engine) {
        this.engine = engine;
        this.reader = Thread.ofVirtual().name("watch").start(this::read);
    }

    /// A snapshot that was begun after this call.
    ///
    /// @throws EngineException where the engine has been away for too long
    Snapshot next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var wanted = number + 1;
            waiting++;
            changed.signalAll();
            while (latest == null || latest.number() < wanted) {
                if (trouble != null) {
                    throw trouble;
                }
                if (closed) {
                    throw new InterruptedException("the run is over");
                }
                changed.await();
            }
            return latest;
        } finally {
            waiting--;
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        reader.interrupt();
    }

    private void read() {
        var lastGood = System.nanoTime();
        try {
            while (awaitWaiters()) {
                var begun = System.nanoTime();
                var begin = begin();
                try {
                    var services = engine.services();
                    var tasks = Snapshot.tasks(engine.tasks());
                    lastGood = System.nanoTime();
                    publish(new Snapshot(begin, lastGood, services, tasks), null);
                } catch (EngineException e) {
                    if (System.nanoTime() - lastGood > PATIENCE.toNanos()) {
                        publish(null, e);
                    }
                }
                // A big Swarm is read less often: never more than a third of the time.
                Thread.sleep(BEAT.plusNanos(2 * (System.nanoTime() - begun)));
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean awaitWaiters() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting == 0 && !closed) {
                changed.await();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private long begin() {
        lock.lock();
        try {
            return ++number;
        } finally {
            lock.unlock();
        }
    }

    private void publish(@Nullable Snapshot snapshot, @Nullable EngineException error) {
        lock.lock();
        try {
            latest = snapshot == null ? latest : snapshot;
            trouble = error;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
