package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program as it is shipped, started as people start it.
class LauncherIT {

    private static final Path DIST = Path.of("target/dist").toAbsolutePath();
    private static final Path HOLDFAST = DIST.resolve("bin/holdfast");

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void itSaysWhichVersionItIs() throws Exception {
        var ran = run(HOLDFAST, Map.of(), "version", "--docker-host", "unix:///nonexistent.sock");
        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .startsWith("holdfast 0.")
                .doesNotContain("${")
                .contains("none at unix:///nonexistent.sock");
    }

    @Test
    void itValidatesARepository() throws Exception {
        Files.createDirectories(folder.resolve("apps"));
        Files.writeString(folder.resolve("apps/web.yaml"), "name: web\nimage: nginx:1.29\n");
        var sound = run(HOLDFAST, Map.of(), "validate", folder.toString());
        assertThat(sound).isEqualTo(new Ran(0, "", "1 app, no problems.\n"));
        Files.writeString(folder.resolve("apps/db.yaml"), "name: db\nimage: postgres:17\nreplica: 2\n");
        var broken = run(HOLDFAST, Map.of(), "validate", folder.toString());
        assertThat(broken.code()).isEqualTo(1);
        assertThat(broken.out()).startsWith("apps/db.yaml:3:1: ");
    }

    @Test
    void outputThatIsLostIsAnErrorUnlessNobodyWantsTheRest() throws Exception {
        var full = run(Path.of("/bin/sh"), Map.of(), "-c", HOLDFAST + " schema plan >/dev/full");
        assertThat(full.err()).contains("the output could not be written");
        assertThat(full.code()).isEqualTo(1);
        var head =
                run(Path.of("/bin/bash"), Map.of(), "-c", "set -o pipefail; " + HOLDFAST + " schema app | head -n 1");
        assertThat(head.err()).isEmpty();
        assertThat(head.code()).isZero();
    }

    @Test
    void itIsFoundThroughALink() throws Exception {
        var inner = Files.createSymbolicLink(folder.resolve("inner"), HOLDFAST);
        var link = Files.createSymbolicLink(folder.resolve("link"), inner.getFileName());
        assertThat(run(link, Map.of(), "schema", "plan").code()).isZero();
    }

    @Test
    void aDamagedCacheOfClassesIsPassedOverWithoutAWord() throws Exception {
        var copy = folder.resolve("dist");
        copy(DIST, copy);
        Files.writeString(copy.resolve("lib/holdfast.aot"), "nonsense");
        var ran = run(copy.resolve("bin/holdfast"), Map.of(), "schema", "plan");
        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
    }

    @Test
    void anOldJavaIsNotTakenWhereThereIsABetterOne() throws Exception {
        var old = Files.createDirectories(folder.resolve("java-17"));
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
        Files.createDirectories(old.resolve("bin"));
        var java = Files.writeString(old.resolve("bin/java"), "#!/bin/sh\necho old; exit 9\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        var path = old.resolve("bin") + ":" + Path.of(System.getProperty("java.home"), "bin") + ":/usr/bin:/bin";
        var ran = run(HOLDFAST, Map.of("JAVA_HOME", old.toString(), "PATH", path), "schema", "plan");
        assertThat(ran.out()).startsWith("{");
    }

    private Ran run(Path program, Map<String, String> environment, String... args)
            throws IOException, InterruptedException {
        var out = folder.resolve("out.txt");
        var err = folder.resolve("err.txt");
        var command = new java.util.ArrayList<>(java.util.List.of(program.toString()));
        command.addAll(java.util.List.of(args));
        var builder = new ProcessBuilder(command);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().keySet().removeIf(name -> name.equals("JAVA_TOOL_OPTIONS"));
        builder.environment().putAll(environment);
        var process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
