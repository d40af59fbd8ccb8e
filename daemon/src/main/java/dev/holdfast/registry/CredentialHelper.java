package dev.holdfast.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One of the programs `docker-credential-…` that keep credentials for the Docker client. It is told the registry on
/// standard input and answers in JSON. Nothing that it prints is ever repeated: it may be a password.
final class CredentialHelper {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final String TOKEN = "<token>";
    private static final String NONE = "credentials not found in native keychain";
    private static final int LONGEST = 1 << 20;

    private final String name;
    private final Map<String, String> environment;
    private final Duration limit;

    /// @param name what comes after `docker-credential-`
    /// @param environment `PATH` is where it is looked for
    CredentialHelper(String name, Map<String, String> environment, Duration limit) {
        this.name = name;
        this.environment = environment;
        this.limit = limit;
    }

    /// Empty where it knows none for that registry.
    ///
    /// @param server as the Docker client calls the registry
    /// @throws CredentialsUnusable if it is not there, fails, or does not answer
    Optional<Credential> get(String server) throws CredentialsUnusable, InterruptedException {
        try {
            var process = start();
            try {
                return answer(process, server);
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new CredentialsUnusable(program() + " could not be run");
        }
    }

    private Process start() throws CredentialsUnusable, IOException {
        if (!NAME.matcher(name).matches()) {
            throw new CredentialsUnusable(
                    "a credential helper's name is letters, digits, - and _: what is named is not" + " one");
        }
        var builder = new ProcessBuilder(path().toString(), "get").redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    private Path path() throws CredentialsUnusable {
        return Arrays.stream(environment.getOrDefault("PATH", "").split(":"))
                .filter(folder -> folder.startsWith("/"))
                .map(folder -> Path.of(folder).resolve(program()))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst()
                .orElseThrow(() -> new CredentialsUnusable(
                        program() + " is not in the PATH (" + environment.getOrDefault("PATH", "") + ")"));
    }

    private Optional<Credential> answer(Process process, String server)
            throws CredentialsUnusable, InterruptedException {
        var out = new CompletableFuture<byte[]>();
        Thread.startVirtualThread(() -> complete(out, process.getInputStream()));
        tell(process, server);
        byte[] said;
        try {
            said = out.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new TimeoutException();
            }
        } catch (TimeoutException e) {
            throw new CredentialsUnusable(program() + " gave no answer within " + limit.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw new CredentialsUnusable("the answer of " + program() + " could not be read");
        }
        if (process.exitValue() == 0) {
            return credential(said);
        }
        if (new String(said, StandardCharsets.UTF_8).strip().equals(NONE)) {
            return Optional.empty();
        }
        throw new CredentialsUnusable(program() + " ended with exit code " + process.exitValue() + "; see why: echo "
                + server + " | " + program() + " get");
    }

    private static void complete(CompletableFuture<byte[]> out, InputStream stream) {
        try (stream) {
            out.complete(stream.readNBytes(LONGEST));
        } catch (IOException e) {
            out.completeExceptionally(e);
        }
    }

    /// One that ends before it has read all is told by its exit code.
    private static void tell(Process process, String server) {
        try (var in = process.getOutputStream()) {
            in.write((server + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException ignored) {
            // Its answer counts.
        }
    }

    private Optional<Credential> credential(byte[] said) throws CredentialsUnusable {
        var json = json(said);
        var user = json == null ? "" : json.path("Username").asText();
        var secret = json == null ? "" : json.path("Secret").asText();
        if (json == null || !json.isObject()) {
            throw new CredentialsUnusable(program() + " answered something that is not a JSON object");
        }
        if (secret.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(user.equals(TOKEN) ? new Credential("", "", secret, "") : Credential.of(user, secret));
    }

    private static @Nullable JsonNode json(byte[] said) {
        try {
            return JSON.readTree(said);
        } catch (IOException e) {
            return null;
        }
    }

    private String program() {
        return "docker-credential-" + name;
    }
}
