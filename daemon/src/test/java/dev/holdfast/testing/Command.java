package dev.holdfast.testing;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// Runs a command of the machine to its end.
final class Command {

    private Command() {}

    /// What a command left behind.
    record Result(int exitCode, String out, String err) {}

    /// Standard output, without the last line's end.
    ///
    /// @throws IllegalStateException with both streams if the exit code is not 0 or the time is up
    static String run(Duration limit, List<String> command) {
        var result = attempt(limit, command);
        if (result.exitCode() != 0) {
            throw new IllegalStateException("%s ended with %d%n%s%s"
                    .formatted(String.join(" ", command), result.exitCode(), result.err(), result.out()));
        }
        return result.out().stripTrailing();
    }

    static Result attempt(Duration limit, List<String> command) {
        try (var readers = Executors.newVirtualThreadPerTaskExecutor()) {
            var process = new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .start();
            var out = CompletableFuture.supplyAsync(() -> text(process.getInputStream()), readers);
            var err = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()), readers);
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        "%s took longer than %s%n%s".formatted(String.join(" ", command), limit, err.getNow("")));
            }
            return new Result(process.exitValue(), out.join(), err.join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + String.join(" ", command), e);
        }
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
