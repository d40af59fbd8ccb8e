package dev.holdfast.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

    @ParameterizedTest
    @CsvSource({"SIGTERM,SIGTERM", "term,SIGTERM", "15,SIGTERM", "37,37", "rtmin+3,SIGRTMIN+3", "'',''"})
    void signalsHaveOneName(String given, String name) {
        assertThat(Spelling.signal(given)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({"node.role == manager,node.role==manager", " node.labels.a!=b ,node.labels.a!=b", "x,x"})
    void constraintsHaveOneSpelling(String given, String constraint) {
        assertThat(Spelling.constraint(given)).isEqualTo(constraint);
    }

    @Test
    void cpusAndCapabilitiesToo() {
        assertThat(Spelling.cpus(500_000_000)).isEqualTo("0.5");
        assertThat(Spelling.cpus(10_000_000_000L)).isEqualTo("10");
        assertThat(Spelling.capabilities(List.of("net_admin", "CAP_KILL", "KILL", "RESET")))
                .containsExactly("CAP_KILL", "CAP_NET_ADMIN");
        assertThat(Spelling.capabilities(List.of("kill", "all"))).containsExactly("ALL");
    }
}
