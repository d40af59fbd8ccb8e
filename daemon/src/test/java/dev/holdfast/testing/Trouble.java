package dev.holdfast.testing;

import java.time.Duration;

/// What the proxy does with a request instead of just passing it on.
public sealed interface Trouble {

    /// Passes it on later.
    record Delay(Duration time) implements Trouble {}

    /// Answers itself, as an engine does with errors; the engine never hears of the request.
    record Answer(int status, String message) implements Trouble {}

    /// Cuts the connection; the engine never hears of the request.
    record CutBefore() implements Trouble {}

    /// Lets the engine do it, and cuts the connection when the answer comes: nobody knows whether it was done.
    record CutAfter() implements Trouble {}
}
