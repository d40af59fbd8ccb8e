package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever mistake is made around a value that may be a secret: no problem repeats the value.
class NoSecretInProblemsTest {

    private static final List<String> VALUES = List.of("hunter4", "918273645.50");

    private static final List<String> NAMES = List.of("DB_PASSWORD", "MY_PW", "LOG_LEVEL");

    /// N is the name, ¤ the value.
    private static final List<String> PAIRS = List.of(
            "¤",
            "'N=¤'",
            "'N:¤'",
            "'N ¤'",
            "['N:¤']",
            "['N ¤']",
            "[¤]",
            "['=¤']",
            "[{N: ¤}]",
            "[[N, ¤]]",
            "['N=¤', 'N=¤']",
            "['N=¤', 'N:¤', 'N']",
            "{N: [¤]}",
            "{N: {¤: x}}",
            "{N: {a: ¤}}",
            "{N: {¤: x, ¤: y}}",
            "{'N=¤': }",
            "{'N=¤': x}",
            "{'N:¤': }",
            "{'N ¤': }",
            "{N: ¤, N: ¤}",
            "{N: '¤', 'N=¤': x, 'N=¤': y}",
            "{N: *¤}",
            "{N: !¤ x}",
            "{N: !¤!b x}",
            "{N: !<¤> x}",
            "{N: &¤ }",
            "{N: \"¤}",
            "{N: '¤}",
            "{N: \"¤\\q\"}",
            "{N: @¤}",
            "{N: `¤}",
            "{N: %¤}",
            "{N: ¤",
            "{N: 'a${¤}b'}",
            "{N: 'a${hunter}hunter4'}",
            "{N: 'a$¤'}",
            "{N: '¤$'}",
            "{N: '${¤'}",
            "{DB_PASSWORD: '${X:?¤}'}",
            "{N: '${PASSWORD:?¤}'}",
            "{N: '${¤:+b}'}",
            "{N: {? [¤] : x}}",
            "{? {N: ¤} : x}",
            "|\n ¤",
            "\n  N: ¤\n ¤\n",
            "\n  N: ¤\n\t¤: ¤\n",
            "\n  N: ¤: ¤\n",
            "\n  - N: ¤\n   ¤\n",
            "\n  N:¤\n  ¤\n",
            "\n  N: |\n¤\n");

    private static final List<String> APP_KEYS = List.of(
            "environment: V",
            "labels: V",
            "deploy: {labels: V}",
            "logging: {driver: local, options: V}",
            "x-env: V",
            "defaults: {environment: V}",
            "service: {environment: V}",
            "V",
            "DB_PASSWORD: V");

    private static final List<String> REPOSITORY_KEYS = List.of(
            "vars: V",
            "defaults: {environment: V}",
            "defaults: {labels: V}",
            "defaults: {logging: {options: V}}",
            "volumes: {a: {driver_opts: V}}",
            "volumes: {a: {labels: V}}",
            "networks: {a: {driver_opts: V}}",
            "networks: {a: {labels: V}}",
            "secrets: V",
            "secrets: {a: V}",
            "secrets: {a: {content: V}}",
            "configs: {a: V}",
            "environment: V");

    private static final List<String> COMMANDS = List.of(
            "command: \"run --token '¤\"",
            "command: [run, --token, [¤]]",
            "command: [run, --token, {¤: x}]",
            "command: {--token: ¤}",
            "command: [run, 'a$¤']",
            "command: [run, 'a${¤}b']",
            "command: [run, *¤]",
            "command: [run, !¤ x]",
            "entrypoint: {run: ¤}",
            "entrypoint: [[¤]]",
            "healthcheck: {test: ['curl -u a:¤ http://x']}",
            "healthcheck: {test: ['¤', x]}",
            "healthcheck: {test: {CMD: ¤}}",
            "healthcheck: {test: [CMD, [¤]]}",
            "healthcheck: ¤",
            "secrets: ¤",
            "secrets: {db: ¤}",
            "secrets: ['db=¤']",
            "secrets: ['db ¤']",
            "secrets: [[¤]]",
            "secrets: [{source: db, target: {¤: x}}]",
            "configs: {db: ¤}",
            "image: 'https://u:¤@registry/x y'",
            "image: 'run --password ¤'",
            "image: 'x PASSWORD=¤'",
            "networks: 'https://u:¤@x'",
            "networks: {a: 'u:¤'}",
            "deploy: ¤",
            "deploy: [¤]",
            "logging: ¤",
            "build: {args: {A: ¤}}",
            "env_file: ¤",
            "tmpfs: ['/run:size=1,password=¤']",
            "extra_hosts: ['PASSWORD=¤ x']",
            "ports: ['PASSWORD=¤']");

    static Stream<String> snippets() {
        var all = new ArrayList<String>();
        for (var pair : PAIRS) {
            for (var name : NAMES) {
                APP_KEYS.forEach(key -> all.add("app " + key.replace("V", pair.replace("N", name))));
                REPOSITORY_KEYS.forEach(key -> all.add("holdfast " + key.replace("V", pair.replace("N", name))));
            }
        }
        COMMANDS.forEach(command -> all.add("app " + command));
        COMMANDS.forEach(command -> all.add("holdfast defaults: {" + command + "}"));
        all.add("holdfast secrets: {a: {file: ¤}}");
        return all.stream();
    }

    @ParameterizedTest
    @FieldSource("VALUES")
    void noProblemRepeatsAValueThatStandsWhereASecretMayStand(String value) {
        var leaks = new ArrayList<String>();
        snippets().forEach(snippet -> {
            var filled = snippet.replace("¤", value);
            var isApp = filled.startsWith("app ");
            var text = filled.substring(filled.indexOf(' ') + 1) + "\n";
            var desired = DesiredReader.read(
                    isApp
                            ? FilesInMemory.of("apps/a.yaml", "name: a\nimage: a:1\n" + text)
                            : FilesInMemory.of("holdfast.yaml", text, "apps/a.yaml", "name: a\nimage: a:1\n"));
            for (var problem : desired.problems()) {
                if (problem.toString().contains("unter4") || problem.toString().contains("918273645")) {
                    leaks.add(filled.replace("\n", "\\n") + "   →   " + problem);
                }
            }
        });
        assertThat(leaks).isEmpty();
    }

    /// A value that a variable brings is none of the file's own words.
    @ParameterizedTest
    @MethodSource("placesOfVariables")
    void noProblemRepeatsWhatAVariableWithASecretNameBrings(String line) {
        var desired = DesiredReader.read(FilesInMemory.of(
                "holdfast.yaml", "vars: {DB_PASSWORD: hunter4}\n", "apps/a.yaml", "name: a\nimage: a:1\n" + line));
        assertThat(desired.problems()).isNotEmpty();
        assertThat(desired.problems().toString()).doesNotContain("hunter4");
    }

    static List<String> placesOfVariables() {
        return List.of(
                "stop_grace_period: ${DB_PASSWORD}\n",
                "deploy: {replicas: 'x${DB_PASSWORD}'}\n",
                "user: ${UNKNOWN:?${DB_PASSWORD}}\n",
                "ports: ['${DB_PASSWORD}:80']\n",
                "tmpfs: ['/run:size=${DB_PASSWORD}']\n");
    }
}
