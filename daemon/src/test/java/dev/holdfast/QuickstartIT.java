package dev.holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The first thing that people run does what it says, from any directory and without a home.
class QuickstartIT {

    private static final Path QUICKSTART =
            Path.of("../examples/quickstart").toAbsolutePath().normalize();
    private static final Path HOLDFAST = Path.of("target/dist/bin/holdfast").toAbsolutePath();
    private static final Path SWARMS = Path.of("/run/holdfast-private-swarms");
    private static final int MINUTES = 8;

    @TempDir
    private Path folder = Path.of(".");

    private Path temporary = folder;
    private Path output = folder;

    @BeforeEach
    void makePlaces() throws IOException {
        temporary = Files.createDirectory(folder.resolve("t"));
        output = folder.resolve("output.txt");
    }

    @Test
    void itShowsWhatHoldfastDoesAndLeavesNothingBehind() throws Exception {
        var quickstart = start();
        var ended = quickstart.waitFor(MINUTES, TimeUnit.MINUTES);
        if (!ended) {
            stop(quickstart);
        }
        assertThat(ended).as(Files.readString(output)).isTrue();
        assertThat(quickstart.exitValue()).as(Files.readString(output)).isZero();
        assertThat(output)
                .content()
                .containsSubsequence(
                        "1. ",
                        "notes: converged",
                        "2. ",
                        "Hello from Git, version 2",
                        "3. ",
                        "web: converged",
                        "4. ",
                        "held notes (gives-up-data)",
                        "5. ",
                        "notes: removed",
                        "6. ",
                        "volume notes-data on node node1",
                        "docker volume rm notes-data",
                        "  note ")
                .containsPattern("The data is still there: [1-9][0-9]* lines in the volume notes-data\\.")
                .endsWith("Everything that was started is stopped.\n");
        assertNothingIsLeft();
    }

    @Test
    void stoppedInTheMiddleItClearsAway() throws Exception {
        var quickstart = start();
        while (quickstart.isAlive() && !Files.readString(output).contains("1. ")) {
            Thread.sleep(200);
        }
        stop(quickstart);
        assertThat(quickstart.exitValue()).as(Files.readString(output)).isEqualTo(128 + 15);
        assertNothingIsLeft();
    }

    private Process start() throws IOException {
        var builder = new ProcessBuilder(QUICKSTART.toString()).directory(new File("/"));
        var environment = builder.environment();
        environment.putIfAbsent("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
        environment.remove("DOCKER_HOST");
        environment.put("HOME", folder.resolve("no-home").toString());
        environment.put("TMPDIR", temporary.toString());
        environment.put("HOLDFAST", HOLDFAST.toString());
        return builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(new File("/dev/null"))
                .start();
    }

    private static void stop(Process quickstart) throws InterruptedException {
        quickstart.destroy();
        if (!quickstart.waitFor(2, TimeUnit.MINUTES)) {
            quickstart.destroyForcibly().waitFor();
        }
    }

    private void assertNothingIsLeft() throws IOException {
        assertThat(temporary).isEmptyDirectory();
        assertThat(ProcessHandle.allProcesses()
                        .map(process -> process.info().commandLine().orElse(""))
                        .filter(line -> line.contains(temporary.toString())))
                .isEmpty();
        assertThat(knownSwarms().filter(swarm -> swarm.startsWith(temporary.toString())))
                .isEmpty();
    }

    private static Stream<String> knownSwarms() throws IOException {
        if (!Files.exists(SWARMS)) {
            return Stream.empty();
        }
        try (var files = Files.walk(SWARMS, 2)) {
            return files.filter(file -> file.endsWith("dir")).toList().stream().map(QuickstartIT::content);
        }
    }

    /// Other swarms come and go while we look.
    private static String content(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
