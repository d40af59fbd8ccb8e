package dev.holdfast.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"message\": \"rpc error: code = InvalidArgument desc = port '80' is taken\"} | port '80' is taken",
                "{\"message\": \"rpc error: code = Unknown desc = update out of sequence\"}   | update out of sequence",
                "{\"message\": \"No such image: x:1\"}                                        | No such image: x:1",
                "{\"message\": \"rpc error: code = DeadlineExceeded\"}                        | rpc error: code ="
                        + " DeadlineExceeded",
                "page not found                                                             | page not found",
            })
    void anErrorIsTheSentenceAndNotWhoPassedItOn(String body, String message) {
        assertThat(Engine.message(body.getBytes(StandardCharsets.UTF_8))).isEqualTo(message);
    }
}
