package dev.holdfast.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.app.Hook;
import java.time.Duration;

/// A task that runs to its end before or after a change of its app.
///
/// @param change for which it runs, as [dev.holdfast.spec.HookSpec#change] tells it
/// @param what it runs, in a few words
/// @param late whether its app has been changed by a run that did not come to its end
/// @param spec of its service
public record HookRun(
        String app, Hook.When when, String change, String what, boolean late, ObjectNode spec, Duration timeout) {

    public String service() {
        return when.service(app);
    }
}
