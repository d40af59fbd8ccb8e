package dev.holdfast.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.yaml.Problem;
import dev.holdfast.yaml.Problems;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the client refuses is refused, at its place; what it takes is taken, with a warning for all that it drops.
class StackDeployTest {

    /// Where each refused case is wrong, and what is said of it.
    private static final Map<String, String> WRONG = Map.ofEntries(
            Map.entry("configs-content-rejected", "8:7: configs.c.content: is refused by docker stack deploy"),
            Map.entry("depends-on-map-rejected", "4:17: services.a.depends_on: must be a list"),
            Map.entry("deploy-endpoint-dnsrr-ingress-port", "4:13: services.a.ports: a port with mode ingress"),
            Map.entry("forbidden-extends", "4:5: services.a.extends: is refused by docker stack deploy"),
            Map.entry("interpolation-alternate-value-rejected", "4:11: services.a.user: has ${NAME:+text}"),
            Map.entry("interpolation-required-missing", "4:11: services.a.user: needs the variable WHO: set WHO"),
            Map.entry(
                    "ports-long-published-string-rejected",
                    "4:37: services.a.ports[0].published: must be a number for docker stack deploy; write 8080"),
            Map.entry("secrets-environment-rejected", "8:7: secrets.s.environment: is refused by docker stack deploy"),
            Map.entry("service-name-dots-case", "2:3: services.A.b_c-1: is called fx_A.b_c-1 in the Swarm"),
            Map.entry("toplevel-name-rejected", "1:1: name: is refused by docker stack deploy"),
            Map.entry("unknown-service-key-rejected", "4:5: services.a.platform: is refused by docker stack deploy"),
            Map.entry("version-too-old-for-key", "5:5: services.a.init: is known from version 3.7"),
            Map.entry("volume-external-driver-conflict", "8:34: volumes.data.driver: does not go with external"),
            Map.entry("volumes-undefined", "4:15: services.a.volumes: \"nope\" is not declared"),
            Map.entry("yaml-duplicate-key-rejected", "5:5: key \"user\" is there twice, first in line 4"));

    /// Only a Swarm can tell that a network is not there.
    private static final String ONLY_IN_A_SWARM = "network-external-missing";

    static Stream<StackDeployCases.Case> all() throws IOException {
        return StackDeployCases.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void itIsTakenOrRefusedAsTheClientDoesIt(StackDeployCases.Case example) {
        var problems = new Problems();
        var stack = StackReader.read(StackDeployCases.source(), example.input(), problems);
        var told = problems.sorted().stream().map(Problem::toString).toList();
        var errors = problems.sorted().stream().filter(Problem::isError).toList();

        if (example.name().equals("env-file-bad-key")) {
            assertThat(told)
                    .containsExactly("files/bad.env:2:1: has a blank in the name; write NAME=value, without"
                            + " blanks around the =");
            assertThat(stack.sound()).isFalse();
        } else if (example.isRefused() && !example.name().equals(ONLY_IN_A_SWARM)) {
            var wrong = WRONG.get(example.name());
            assertThat(told).anySatisfy(line -> assertThat(line).startsWith(example.name() + ".yml:" + wrong));
            assertThat(stack.sound()).isFalse();
        } else {
            assertThat(errors).isEmpty();
            assertThat(stack.sound()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void allThatTheClientWarnsOfIsAWarning(StackDeployCases.Case example) {
        var problems = new Problems();
        StackReader.read(StackDeployCases.source(), example.input(), problems);
        var warned = problems.sorted().stream()
                .filter(problem -> !problem.isError())
                .map(Problem::path)
                .toList();

        for (var key : keysIn(example.warnings())) {
            assertThat(warned).contains("services.a." + key);
        }
        if (example.warnings().contains("ignoring IP-address")) {
            assertThat(warned).contains("services.a.ports[0]");
        }
    }

    /// `restart` is not dropped, whatever the client says: it counts where there is no `deploy.restart_policy`.
    private static List<String> keysIn(String warnings) {
        if (warnings.startsWith("Ignoring unsupported options: ")) {
            return Arrays.stream(warnings.substring(warnings.indexOf(':') + 1).split(","))
                    .map(String::strip)
                    .filter(key -> !key.equals("restart"))
                    .toList();
        }
        return warnings.startsWith("Ignoring deprecated options") ? List.of("container_name", "expose") : List.of();
    }
}
