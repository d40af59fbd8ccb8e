package dev.holdfast.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.PrivateSwarm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// On a new engine.
class SpecRoundTripNewEngineIT extends SpecRoundTrip {

    @RegisterExtension
    static final PrivateSwarm swarm = PrivateSwarm.oneNode().engine("sid");

    @Override
    PrivateSwarm swarm() {
        return swarm;
    }

    @Override
    Map<List<String>, String> newerDrifts() {
        return Map.of(List.of("--oom-score-adj", "700"), "oom_score_adj");
    }

    @Test
    void nothingIsLeftOut() {
        assertThat(built(everything()).notSupported()).isEmpty();
    }
}
