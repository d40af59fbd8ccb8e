package dev.holdfast.spec;

import dev.holdfast.testing.PrivateSwarm;
import org.junit.jupiter.api.extension.RegisterExtension;

/// On a new engine.
class SpecRoundTripNewEngineIT extends SpecRoundTrip {

    @RegisterExtension
    static final PrivateSwarm swarm = PrivateSwarm.oneNode().engine("sid");

    @Override
    PrivateSwarm swarm() {
        return swarm;
    }
}
