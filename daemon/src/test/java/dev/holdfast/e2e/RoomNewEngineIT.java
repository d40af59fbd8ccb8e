package dev.holdfast.e2e;

import dev.holdfast.testing.PrivateSwarm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What finds a node and what does not, on the newest engine.
class RoomNewEngineIT {

    @RegisterExtension
    static final PrivateSwarm swarm = PrivateSwarm.oneNode().engine("sid");

    @RegisterExtension
    final Story story = new Story(swarm);

    @Test
    void thePlanAndTheSchedulerSayTheSame() throws Exception {
        new PlacementTable(swarm, story, 1).both();
    }
}
