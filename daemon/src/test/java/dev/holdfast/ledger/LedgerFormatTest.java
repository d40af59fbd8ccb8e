package dev.holdfast.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerFormatTest {

    private static final String NAME = "holdfast-ledger-default-7";

    @Test
    void whatIsWrittenIsReadAgain() {
        var ledger = Samples.ledger(Samples.givenUp(Samples.volume("db-data")), Samples.bind("/srv/ü \"x\""))
                .withSequence(7)
                .withApplied("root", "https://git.example.com/apps", "head")
                .withImages(Map.of("db", new Ledger.Pin("postgres:17", "postgres:17@sha256:abc")))
                .withFailures(Map.of("web", new Ledger.Failure("hash", "no such image", null, Samples.NOW)))
                .withHolds(Map.of("db", new Ledger.Held("image-missing", "nobody has it")));
        assertThat(LedgerFormat.decode(LedgerFormat.encode(ledger), NAME, "default", 7))
                .isEqualTo(ledger);
    }

    @Test
    void unknownKeysAreIgnoredAndAbsentPartsAreEmpty() throws IOException {
        var read = decode("{\"format\":1,\"cluster\":\"default\",\"nameKey\":\"k\",\"later\":{\"a\":1}}");
        assertThat(read).isEqualTo(Ledger.empty("default", "k").withSequence(7));
    }

    @Test
    void aNewerFormatIsRefusedByName() {
        assertThatThrownBy(() -> decode("{\"format\":2}"))
                .isInstanceOf(LedgerUnusable.class)
                .hasMessageContaining(NAME)
                .hasMessageContaining("update Holdfast");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "not json",
                "{}",
                "{\"format\":1}",
                "{\"format\":1,\"cluster\":\"other\",\"nameKey\":\"k\"}",
                "{\"format\":1,\"cluster\":\"default\",\"nameKey\":\"k\",\"claims\":7}",
                "{\"format\":1,\"cluster\":\"default\",\"nameKey\":\"k\",\"claims\":[null]}",
                "{\"format\":1,\"cluster\":\"default\",\"nameKey\":\"k\",\"claims\":[{\"kind\":\"VOLUME\"}]}",
                "{\"format\":1,\"cluster\":\"default\",\"nameKey\":\"k\",\"claims\":[{\"kind\":\"BALLOON\"}]}"
            })
    void aBrokenLedgerIsAnErrorThatSaysWhatToDo(String json) {
        assertThatThrownBy(() -> decode(json))
                .isInstanceOf(LedgerUnusable.class)
                .hasMessageContaining("docker config rm " + NAME);
    }

    @Test
    void halfALedgerIsABrokenOne() {
        var whole = LedgerFormat.encode(Samples.ledger(Samples.volume("db-data")));
        for (var length : new int[] {0, 1, whole.length / 2, whole.length - 1}) {
            assertThatThrownBy(() -> LedgerFormat.decode(Arrays.copyOf(whole, length), NAME, "default", 7))
                    .isInstanceOf(LedgerUnusable.class);
        }
    }

    private static Ledger decode(String json) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(json.getBytes(StandardCharsets.UTF_8));
        }
        return LedgerFormat.decode(bytes.toByteArray(), NAME, "default", 7);
    }
}
