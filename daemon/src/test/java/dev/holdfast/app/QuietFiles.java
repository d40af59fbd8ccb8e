package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/// A small repository, and what is told of its files.
final class QuietFiles {

    private static final String NETWORKS = """
        networks:
          front: {}
          back: { name: backend }
          again: { name: backend, external: true }
          host: { external: true }
        configs: { conf: { file: files/conf } }
        secrets: { key: { file: files/key } }
        """;

    static Desired read(String... pathsAndTexts) {
        var files = FilesInMemory.of("holdfast.yaml", NETWORKS, "files/conf", "x", "files/key", "x");
        for (var i = 0; i < pathsAndTexts.length; i += 2) {
            files.with(pathsAndTexts[i], pathsAndTexts[i + 1].getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return DesiredReader.read(files);
    }

    /// Place, code and path of each problem; errors have no code.
    static List<String> told(Desired desired) {
        return desired.problems().stream()
                .map(problem -> "%s:%d:%d %s %s"
                        .formatted(
                                problem.file(),
                                problem.line(),
                                problem.column(),
                                problem.code() == null
                                        ? "error"
                                        : problem.code().word(),
                                problem.path()))
                .toList();
    }

    static List<String> told(String apps) {
        return told(read("apps/a.yaml", apps));
    }

    static String only(String... pathsAndTexts) {
        var problems = read(pathsAndTexts).problems();
        assertThat(problems).hasSize(1);
        return problems.getFirst().message();
    }

    private QuietFiles() {}
}
