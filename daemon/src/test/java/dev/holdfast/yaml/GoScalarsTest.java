package dev.holdfast.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a real client printed for these scalars.
class GoScalarsTest {

    @ParameterizedTest
    @CsvSource({
        "0x1F, INTEGER, 31",
        "0b11, INTEGER, 3",
        "1_000, INTEGER, 1000",
        "0o17, INTEGER, 15",
        "010, INTEGER, 8",
        "08, DECIMAL, 8",
        "1e3, DECIMAL, 1000",
        ".5, DECIMAL, 0.5",
        "1., DECIMAL, 1",
        "+5, INTEGER, 5",
        "-0, INTEGER, 0",
        "-0.0, DECIMAL, -0",
        "1__0.5, DECIMAL, 10.5",
        "18446744073709551615, INTEGER, 18446744073709551615",
        "18446744073709551616, DECIMAL, 1.8446744073709552e+19",
        "1e400, TEXT, 1e400",
        "0x1p4, TEXT, 0x1p4",
        "1e+21, DECIMAL, 1e+21",
        "123456.0, DECIMAL, 123456",
        "1234567.0, DECIMAL, 1.234567e+06",
        "0.0001, DECIMAL, 0.0001",
        "0.00001, DECIMAL, 1e-05",
        "1.50, DECIMAL, 1.5",
        "100000000.0, DECIMAL, 1e+08",
        "123456789.5, DECIMAL, 1.234567895e+08",
        "yes, TEXT, yes",
        "on, TEXT, on",
        "22:22, TEXT, 22:22",
        "1:30, TEXT, 1:30",
        "True, BOOLEAN, true",
        "~, NULL, ''",
        "Null, NULL, ''",
        "2020-1-2, TIME, 2020-01-02 00:00:00 +0000 UTC",
        "2020-01-02T03:04:05Z, TIME, 2020-01-02 03:04:05 +0000 UTC",
        "2020-01-02 03:04:05.123, TIME, 2020-01-02 03:04:05.123 +0000 UTC",
        "2020-01-02T03:04:05+02:00, TIME, 2020-01-02 03:04:05 +0200 +0200",
        "2020-13-45, TEXT, 2020-13-45",
        "!foo 12, TEXT, 12",
        "!!float 5, DECIMAL, 5",
        "!!str 5, TEXT, 5",
        "!!binary aGk=, TEXT, hi",
        "!!int 5, INTEGER, 5",
        "!reset null, TEXT, null"
    })
    void aScalarIsWhatGoMakesOfIt(String written, Yaml.Kind kind, String printed) {
        var problems = new Problems();
        var bytes = ("a: " + written + "\n---\n}{").getBytes(StandardCharsets.UTF_8);
        var documents =
                YamlReader.read("a.yml", bytes, YamlDialect.GO, problems).documents();
        var scalar = (Yaml.Scalar) ((Yaml.Mapping) documents.getFirst()).get("a");
        assertThat(problems.sorted()).isEmpty();
        assertThat(scalar).isNotNull().extracting(Yaml.Scalar::kind).isEqualTo(kind);
        assertThat(GoScalars.printed(scalar)).isEqualTo(printed);
    }
}
