package dev.holdfast.lock;

import java.time.Duration;

/// Monotonic time and waiting. Wall clocks jump, and those of two hosts never agree: nothing here asks one.
public interface Ticker {

    Ticker SYSTEM = new Ticker() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void sleep(Duration time) throws InterruptedException {
            Thread.sleep(time);
        }
    };

    /// Nanoseconds since some moment; only differences mean something.
    long nanos();

    void sleep(Duration time) throws InterruptedException;
}
