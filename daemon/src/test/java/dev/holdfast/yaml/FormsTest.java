package dev.holdfast.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.app.App;
import dev.holdfast.app.Deploy;
import dev.holdfast.app.Desired;
import dev.holdfast.app.DesiredReader;
import dev.holdfast.app.ExtraHost;
import dev.holdfast.app.FilesInMemory;
import dev.holdfast.app.NetworkAttachment;
import dev.holdfast.app.Port;
import dev.holdfast.app.Tmpfs;
import dev.holdfast.app.Ulimit;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every spelling of a value becomes the one form of the record.
class FormsTest {

    private static App app(String rest) {
        var desired = read(rest);
        assertThat(desired.problems()).isEmpty();
        return desired.apps().getFirst().app();
    }

    private static Desired read(String rest) {
        return DesiredReader.read(FilesInMemory.of(
                "holdfast.yaml",
                "{networks: {n: }, secrets: {s: {external: true}}}",
                "apps/a.yaml",
                "name: a\nimage: b\n" + rest));
    }

    @ParameterizedTest
    @CsvSource({
        "10s, PT10S",
        "1m30s, PT1M30S",
        "1.5h, PT1H30M",
        "100ms, PT0.1S",
        "0, PT0S",
        "1h0.5s, PT1H0.5S",
        ".5s, PT0.5S"
    })
    void durations_are_those_of_go(String text, Duration duration) {
        assertThat(app("stop_grace_period: " + text).stopGracePeriod()).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "1d", "-1s", "s", "''", "10 s", "9999999999h", "[1s]"})
    void other_durations_are_refused(String text) {
        assertThat(read("stop_grace_period: " + text).problems()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "512m, 536870912",
        "50M, 52428800",
        "9000k, 9216000",
        "1.5GiB, 1610612736",
        "8388608, 8388608",
        "'64 mb', 67108864"
    })
    void sizes_count_in_powers_of_1024(String text, long bytes) {
        var limits = app("deploy: {resources: {limits: {memory: '" + text + "'}}}")
                .deploy()
                .resources()
                .limits();
        assertThat(limits).isEqualTo(new Deploy.Limits(null, bytes, null));
    }

    @ParameterizedTest
    @CsvSource({"0440, 288", "'\"0440\"', 288", "0o400, 256", "0, 0"})
    void modes_are_octal(String text, int mode) {
        assertThat(app("secrets: [{source: s, mode: " + text + "}]")
                        .secrets()
                        .getFirst()
                        .mode())
                .isEqualTo(mode);
    }

    @Test
    void cpus_may_be_text_or_a_number() {
        for (var text : List.of("0.5", "'0.5'", ".5")) {
            var limits = app("deploy: {resources: {limits: {cpus: " + text + "}}}")
                    .deploy()
                    .resources()
                    .limits();
            assertThat(limits == null ? null : limits.cpus()).isEqualByComparingTo(new BigDecimal("0.5"));
        }
    }

    @Test
    void variables_keep_the_text_of_the_file() {
        assertThat(app("environment: {A: 1.10, B: 0x1F, C: 010, D: yes, E: 2020-01-01}")
                        .environment())
                .isEqualTo(Map.of("A", "1.10", "B", "0x1F", "C", "010", "D", "yes", "E", "2020-01-01"));
        assertThat(app("environment: [A=1, 'B=', 'C=a=b']").environment())
                .isEqualTo(Map.of("A", "1", "B", "", "C", "a=b"));
    }

    @Test
    void commands_are_split_as_a_shell_would() {
        assertThat(app("command: sh -c 'echo \"a b\"' \"x\\\"y\" a\\ b # no").command())
                .containsExactly("sh", "-c", "echo \"a b\"", "x\"y", "a b");
        assertThat(app("command: [sleep, 3600]").command()).containsExactly("sleep", "3600");
    }

    @Test
    void ports_have_a_short_and_a_long_form() {
        assertThat(app("ports: [80, '8080:80/UDP', '90-91:80-81', {target: 1, published: '2', mode: host}]")
                        .ports())
                .containsExactly(
                        new Port(80, null, "tcp", "ingress"),
                        new Port(80, 8080, "udp", "ingress"),
                        new Port(80, 90, "tcp", "ingress"),
                        new Port(81, 91, "tcp", "ingress"),
                        new Port(1, 2, "tcp", "host"));
    }

    @Test
    void health_checks_have_three_spellings() {
        assertThat(test("test: curl x")).containsExactly("CMD-SHELL", "curl x");
        assertThat(test("test: [CMD, x]")).containsExactly("CMD", "x");
        assertThat(test("disable: true")).containsExactly("NONE");
    }

    private static List<String> test(String section) {
        var check = app("healthcheck: {" + section + "}").healthcheck();
        return check == null ? List.of() : check.test();
    }

    @Test
    void networks_may_be_a_list_or_a_mapping() {
        assertThat(app("networks: [n]").networks()).isEqualTo(Map.of("n", NetworkAttachment.PLAIN));
        assertThat(app("networks: {n: }").networks()).isEqualTo(Map.of("n", NetworkAttachment.PLAIN));
    }

    @Test
    void capabilities_limits_and_hosts_are_in_the_engines_own_form() {
        var app = app("cap_add: [net_admin, CAP_KILL, NET_ADMIN]\n"
                + "ulimits: {nofile: 1}\n"
                + "extra_hosts: {h: '[::1]'}\n"
                + "tmpfs: /t:size=1k");
        assertThat(app.capAdd()).containsExactly("CAP_KILL", "CAP_NET_ADMIN");
        assertThat(app.ulimits()).isEqualTo(Map.of("nofile", new Ulimit(1, 1)));
        assertThat(app.extraHosts()).containsExactly(new ExtraHost("h", "::1"));
        assertThat(app.tmpfs()).containsExactly(new Tmpfs("/t", 1024L, null));
    }

    @Test
    void anchors_and_merge_keys_work_as_in_yaml() {
        assertThat(app("x-e: &e {A: 1, B: 2}\nenvironment: {<<: *e, B: 3}").environment())
                .isEqualTo(Map.of("A", "1", "B", "3"));
    }

    @Test
    void any_record_can_be_bound_with_the_same_messages() {
        record Http(@Default("127.0.0.1:8420") String listen) {}
        record Settings(
                String url, Http http, @Default("60s") Duration reconcile) {}
        var good = YamlBinder.bind(Settings.class, "daemon.yaml", "url: x".getBytes(StandardCharsets.UTF_8));
        assertThat(good.isSound()).isTrue();
        assertThat(good.value()).isEqualTo(new Settings("x", new Http("127.0.0.1:8420"), Duration.ofSeconds(60)));
        var bad = YamlBinder.bind(
                Settings.class, "daemon.yaml", "ulr: x\nhttp: {listen: [1]}".getBytes(StandardCharsets.UTF_8));
        assertThat(bad.problems())
                .extracting(Problem::toString)
                .containsExactly(
                        "daemon.yaml:1:1: ulr: unknown key \"ulr\"; did you mean \"url\"?",
                        "daemon.yaml:1:1: url: is missing",
                        "daemon.yaml:2:16: http.listen: must be text (got a list)");
    }
}
