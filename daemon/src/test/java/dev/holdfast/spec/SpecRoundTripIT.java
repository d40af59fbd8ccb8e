package dev.holdfast.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.PrivateSwarm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// On the oldest engine that Holdfast works with.
class SpecRoundTripIT extends SpecRoundTrip {

    @RegisterExtension
    static final PrivateSwarm swarm = PrivateSwarm.oneNode();

    @Override
    PrivateSwarm swarm() {
        return swarm;
    }

    @Test
    void whatThisEngineIsTooOldForIsLeftOutAndSaid() {
        assertThat(built(everything()).notSupported())
                .hasSize(2)
                .allSatisfy(text -> assertThat(text).contains("speaks 1.41) and is left out"))
                .anySatisfy(text -> assertThat(text).startsWith("healthcheck.start_interval needs"))
                .anySatisfy(text -> assertThat(text).startsWith("oom_score_adj needs"));
    }
}
