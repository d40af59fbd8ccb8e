package dev.holdfast.spec;

import dev.holdfast.testing.PrivateSwarm;
import org.junit.jupiter.api.extension.RegisterExtension;

/// On the oldest engine that Holdfast works with.
class SpecRoundTripIT extends SpecRoundTrip {

    @RegisterExtension
    static final PrivateSwarm swarm = PrivateSwarm.oneNode();

    @Override
    PrivateSwarm swarm() {
        return swarm;
    }
}
