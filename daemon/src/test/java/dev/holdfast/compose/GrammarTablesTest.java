package dev.holdfast.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The client's small grammars, as tables.
class GrammarTablesTest {

    @ParameterizedTest
    @CsvSource({
        "10s, 10000",
        "1m30s, 90000",
        "1.5h0.5s, 5400500",
        "0, 0",
        "-5s, -5000",
        ".5s, 500",
        "1.s, 1000",
        "+1m, 60000"
    })
    void aDurationIsGos(String text, long millis) {
        assertThat(Amounts.durationOf(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "5d", "", "s", "1h 5m", "999999999h"})
    void anythingElseIsNoDuration(String text) {
        assertThat(Amounts.durationOf(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "50M, 52428800",
        "9000k, 9216000",
        "1.5GiB, 1610612736",
        "1e7, 10000000",
        "+10, 10",
        "64 MB, 67108864",
        "8388608b, 8388608",
        ".5g, 536870912",
        "1.9, 1"
    })
    void aSizeIsInPowersOf1024(String text, long bytes) {
        assertThat(Amounts.bytesOf(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10mi", "50x", "-5m", "", "5  m", "m", "1bb", "99999999p"})
    void anythingElseIsNoSize(String text) {
        assertThat(Amounts.bytesOf(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "0.5, 500000000",
        ".5, 500000000",
        "1/4, 250000000",
        "1e-1, 100000000",
        "0x10, 16000000000",
        "1_0, 10000000000",
        "0, 0",
        "2., 2000000000"
    })
    void cpusAreARationalNumber(String text, long nanos) {
        assertThat(Amounts.nanoCpusOf(text)).isEqualTo(nanos);
    }

    @ParameterizedTest
    @ValueSource(strings = {"half", "0.0000000001", "1/3", "1/0", "", "1e999"})
    void anythingElseIsNoNumberOfCpus(String text) {
        assertThat(Amounts.nanoCpusOf(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "80, '', 0, 80, 1, tcp",
        "8080:80, '', 8080, 80, 1, tcp",
        "9191:91/SCTP, '', 9191, 91, 1, sctp",
        "80-82, '', 0, 80, 3, tcp",
        "127.0.0.1:8080-8081:80-81/udp, 127.0.0.1, 8080, 80, 2, udp",
        "[::1]:8082:82, ::1, 8082, 82, 1, tcp",
        "::1:81:81, ::1, 81, 81, 1, tcp",
        "127.0.0.1::80, 127.0.0.1, 0, 80, 1, tcp",
        ":80, '', 0, 80, 1, tcp",
        "80/, '', 0, 80, 1, tcp"
    })
    void aPortIsTheClients(String text, String address, int published, int target, int size, String protocol)
            throws PortSpec.Wrong {
        var spec = PortSpec.parse(text);
        assertThat(spec.address()).isEqualTo(address);
        assertThat(spec.published() == null ? 0 : spec.published().first()).isEqualTo(published);
        assertThat(spec.target()).isEqualTo(new PortSpec.Span(target, target + size - 1));
        assertThat(spec.protocol()).isEqualTo(protocol);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "80:",
                "/tcp",
                "80/xyz",
                "82-80",
                "70000",
                "80-82:80-81",
                "1.2.3:80:80",
                "db:80:80",
                "[::1:80:80",
                "80-81-82"
            })
    void anythingElseIsNoPort(String text) {
        assertThatThrownBy(() -> PortSpec.parse(text)).isInstanceOf(PortSpec.Wrong.class);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "$SET, val",
                "${SET}x, valx",
                "[$NOPE], []",
                "${SET:-d}, val",
                "${EMPTY:-d}, d",
                "[${EMPTY-d}], []",
                "${NOPE-d}, d",
                "${SET:?no}, val",
                "[${EMPTY?no}], []",
                "$$SET $${SET}, $SET ${SET}",
                "${NOPE-a:-b}, b",
                "${NOPE:-http://x:80/?a=b-c}, http://x:80/?a=b-c",
                "$SET-x, val",
                "$SET.x, val.x",
                "$SET:x, val:x",
                "${X:-${Y:-z}}, ${Y:-z}",
                "$NOPE-b}c, b}c",
                "${NO:?need} ${SET}, ` val`",
                "$1$SET, 1val"
            })
    void aVariableIsFilledInAsTheClientDoes(String text, String filled) {
        var template = Template.fill(text, Map.of("SET", "val", "EMPTY", ""), 1000);
        assertThat(template.fault()).isNull();
        assertThat(template.text()).isEqualTo(filled);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$",
                "a$",
                "${}",
                "${A }",
                "$1",
                "${SET:+x}",
                "${SET+x}",
                "x${SET",
                "${NO:?need}",
                "${NO?}",
                "${EMPTY:?need} $$"
            })
    void whatIsNoVariableIsWrong(String text) {
        assertThat(Template.fill(text, Map.of("SET", "val", "EMPTY", ""), 1000).fault())
                .isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"net_admin, CAP_NET_ADMIN", "CAP_CHOWN, CAP_CHOWN", "all, ALL", "' x ', CAP_X"})
    void aCapabilityHasTheEnginesName(String written, String name) {
        assertThat(Capabilities.of(List.of(written), List.of()).add()).containsExactly(name);
    }
}
