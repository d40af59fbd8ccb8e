package dev.holdfast.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// No spec without a placement reaches an engine.
class WholeSpecTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'TaskTemplate': null}",
                "{'TaskTemplate': {}}",
                "{'TaskTemplate': {'Placement': null}}",
                "{'TaskTemplate': {'Placement': []}}",
                "{'Name': 'web', 'TaskTemplate': {'ContainerSpec': {'Image': 'demo:1'}}}",
            })
    void aSpecWithoutAPlacementGetsAnEmptyOneAndKeepsTheRest(String text) {
        var spec = json(text);
        var before = spec.deepCopy();

        var whole = WholeSpec.of(spec);
        assertThat(whole.at("/TaskTemplate/Placement")).isEqualTo(json("{}"));
        assertThat(whole.path("Name")).isEqualTo(spec.path("Name"));
        assertThat(whole.at("/TaskTemplate/ContainerSpec")).isEqualTo(spec.at("/TaskTemplate/ContainerSpec"));
        assertThat(spec).as("what was given stays as it was").isEqualTo(before);
        assertThat(WholeSpec.isWhole(spec)).isFalse();
        assertThat(WholeSpec.isWhole(whole)).isTrue();
    }

    @Test
    void aSpecWithAPlacementIsSentAsItIs() {
        var spec = json("{'TaskTemplate': {'Placement': {'Constraints': ['node.role==manager']}}}");

        assertThat(WholeSpec.of(spec)).isSameAs(spec);
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
