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
    @CsvSource({
        "nginx,nginx:latest",
        "nginx@sha256:aa,nginx:latest",
        "docker.io/library/nginx:1,nginx:1",
        "index.docker.io/team/app,team/app:latest",
        "registry:5000/app,registry:5000/app:latest",
        "registry:5000/app:2@sha256:aa,registry:5000/app:2"
    })
    void imagesHaveOneName(String given, String name) {
        assertThat(Spelling.imageTag(given)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({"0,0s", "10000000000,10s", "90500000000,1m30s500ms", "7200000000000,2h", "-1000000000,-1s", "1,1ns"})
    void durationsReadAsInAppFiles(long nanos, String text) {
        assertThat(Spelling.duration(nanos)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1000,1000", "4194304,4M", "1024,1K", "536870912,512M", "1073741824,1G", "1099511627776,1T"})
    void bytesReadAsInAppFiles(long bytes, String text) {
        assertThat(Spelling.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"/,/", "/v/,/v", "//v//w,/v/w", "/v,/v"})
    void pathsHaveOneSpelling(String given, String path) {
        assertThat(Spelling.path(given)).isEqualTo(path);
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
