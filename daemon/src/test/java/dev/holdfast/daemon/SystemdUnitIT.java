package dev.holdfast.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// systemd's own opinion of the unit. Where systemd is not installed, its packages are fetched and unpacked beside, not
/// installed.
class SystemdUnitIT {

    private static final Path UNIT = Path.of("../systemd/holdfast.service");
    private static final String COMMAND = "/opt/holdfast/bin/holdfast";

    @TempDir
    Path directory;

    @Test
    void theUnitHasNothingThatSystemdDoesNotUnderstand() throws Exception {
        var verify = verify(Files.readString(UNIT));
        assertThat(verify.output()).isEmpty();
        assertThat(verify.code()).isZero();
    }

    @Test
    void theCheckSeesWhatIsWrong() throws Exception {
        assertThat(verify(Files.readString(UNIT).replace("Restart=", "Restrat="))
                        .output())
                .contains("Restrat");
    }

    @Test
    void theUnitStartsWhatIsInstalledWithTheSettingsThatAreInstalled() throws IOException {
        assertThat(Files.readString(UNIT))
                .contains("\nExecStart=" + COMMAND + " daemon --config " + DaemonSettings.DEFAULT_FILE + "\n")
                .contains("\nType=notify\n");
    }

    private record Ran(int code, String output) {}

    private Ran verify(String text) throws Exception {
        // The command is not installed here; any other that is there stands in for it.
        var unit = Files.writeString(directory.resolve("holdfast.service"), text.replace(COMMAND, "/bin/true"));
        var analyze = analyze();
        var command = new ArrayList<>(analyze);
        command.addAll(List.of("verify", "--man=no", "--recursive-errors=no", unit.toString()));
        return run(command);
    }

    private List<String> analyze() throws Exception {
        for (var path : System.getenv("PATH").split(":")) {
            var installed = Path.of(path, "systemd-analyze");
            if (Files.isExecutable(installed)) {
                return List.of(installed.toString());
            }
        }
        return fetch(directory.resolve("systemd"));
    }

    /// With lists and a cache of our own, so that the machine's are neither needed nor changed.
    static List<String> fetch(Path into) throws Exception {
        var root = into.resolve("root");
        Files.createDirectories(into.resolve("lists/partial"));
        Files.createDirectories(into.resolve("cache/archives/partial"));
        Files.createDirectories(root);
        var apt = List.of(
                "apt-get",
                "-q",
                "-y",
                "-o",
                "Debug::NoLocking=1",
                "-o",
                "APT::Sandbox::User=root",
                "-o",
                "APT::Install-Recommends=0",
                "-o",
                "Dir::State::lists=" + into.resolve("lists"),
                "-o",
                "Dir::Cache=" + into.resolve("cache"));
        must(with(apt, "update"));
        must(with(apt, "install", "--download-only", "--reinstall", "systemd"));
        try (var packages = Files.list(into.resolve("cache/archives"))) {
            for (var file :
                    packages.filter(each -> each.toString().endsWith(".deb")).toList()) {
                must(List.of("dpkg", "-x", file.toString(), root.toString()));
            }
        }
        try (var found = Files.walk(root)) {
            var libraries = found.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().contains(".so"))
                    .map(file -> String.valueOf(file.getParent()))
                    .distinct()
                    .toList();
            var analyze = root.resolve("usr/bin/systemd-analyze");
            return List.of("env", "LD_LIBRARY_PATH=" + String.join(":", libraries), analyze.toString());
        }
    }

    private static List<String> with(List<String> command, String... more) {
        var all = new ArrayList<>(command);
        all.addAll(List.of(more));
        return all;
    }

    private static void must(List<String> command) throws Exception {
        var ran = run(command);
        assertThat(ran.code()).as(command + "\n" + ran.output()).isZero();
    }

    private static Ran run(List<String> command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), output);
    }
}
