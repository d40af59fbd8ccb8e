package dev.holdfast.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Credentials are found where the Docker client finds them, and told to nobody.
class LoginsTest {

    private static final String HOST = "registry.example.com:5000";
    private static final String SECRET = "s3cret-of-the-registry";

    @TempDir
    Path folder;

    private Path config;

    @BeforeEach
    void setUp() {
        config = folder.resolve("config.json");
    }

    private Logins.Found find(String registry) throws InterruptedException {
        return new Logins(sources(Map.of()), Duration.ofMillis(1500)).find(registry);
    }

    private LoginSources sources(Map<String, LoginSources.Login> logins) {
        return new LoginSources(
                logins, config, false, Map.of("PATH", folder + ":/usr/bin:/bin", "DOCKER_CONFIG", folder.toString()));
    }

    private void config(String json) throws IOException {
        Files.writeString(config, json);
    }

    private void helper(String name, String script) throws IOException {
        var file = Files.writeString(folder.resolve("docker-credential-" + name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String pair(String user, String password) {
        return Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode shown(Logins.Found found, String server) throws IOException {
        assertThat(found.trouble()).isNull();
        var header = Objects.requireNonNull(found.credential()).header(server);
        return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(header));
    }

    @ParameterizedTest
    @ValueSource(strings = {HOST, "https://" + HOST, "http://" + HOST + "/", "https://" + HOST + "/v1/", HOST + "/v2/"})
    void a_registry_is_known_under_each_of_its_spellings(String key) throws Exception {
        config("{\"auths\": {\"%s\": {\"auth\": \"%s\"}, \"other.example.com\": {\"auth\": \"eDp5\"}}}"
                .formatted(key, pair("puller", "with:colons" + SECRET)));
        var shown = shown(find(HOST), HOST);
        assertThat(shown.path("username").asText()).isEqualTo("puller");
        assertThat(shown.path("password").asText()).isEqualTo("with:colons" + SECRET);
        assertThat(shown.path("serveraddress").asText()).isEqualTo(HOST);
        assertThat(find("registry.example.com").credential()).as("another port").isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://index.docker.io/v1/", "docker.io", "index.docker.io"})
    void docker_hub_has_a_key_of_its_own(String key) throws Exception {
        config("{\"auths\": {\"%s\": {\"auth\": \"%s\"}}}".formatted(key, pair("me", SECRET)));
        assertThat(shown(find("docker.io"), Servers.key("docker.io"))
                        .path("serveraddress")
                        .asText())
                .isEqualTo("https://index.docker.io/v1/");
    }

    @Test
    void tokens_are_shown_in_place_of_passwords() throws Exception {
        config("{\"auths\": {\"a.example.com\": {\"auth\": \"%s\", \"identitytoken\": \"%s\"}, \"b.example.com\":"
                        .formatted(pair("00000000", "x"), SECRET)
                + "{\"registrytoken\": \"" + SECRET + "\"}, \"c.example.com\": {}}}");
        var identity = shown(find("a.example.com"), "a.example.com");
        assertThat(identity.path("identitytoken").asText()).isEqualTo(SECRET);
        assertThat(identity.has("password")).isFalse();
        assertThat(shown(find("b.example.com"), "b.example.com")
                        .path("registrytoken")
                        .asText())
                .isEqualTo(SECRET);
        assertThat(find("c.example.com").credential())
                .as("known to a store only")
                .isNull();
    }

    @Test
    void a_helper_is_told_the_registry_and_answers_with_its_credentials() throws Exception {
        config("{\"credHelpers\": {\"" + HOST + "\": \"own\"}, \"credsStore\": \"all\"}");
        helper(
                "own",
                "read server; echo \"{\\\"ServerURL\\\":\\\"$server\\\",\\\"Username\\\":\\\"$1-$server\\\","
                        + "\\\"Secret\\\":\\\"" + SECRET + "\\\"}\"");
        helper("all", "echo '{\"Username\":\"<token>\",\"Secret\":\"" + SECRET + "\"}'");
        assertThat(shown(find(HOST), HOST).path("username").asText()).isEqualTo("get-" + HOST);
        assertThat(shown(find("docker.io"), "docker.io").path("identitytoken").asText())
                .isEqualTo(SECRET);
    }

    @Test
    void a_helper_that_knows_nothing_is_no_trouble() throws Exception {
        config("{\"credsStore\": \"all\", \"auths\": {\"" + HOST + "\": {\"auth\": \"" + pair("u", SECRET) + "\"}}}");
        helper("all", "echo 'credentials not found in native keychain'; exit 1");
        assertThat(find("other.example.com").trouble()).isNull();
        assertThat(find("other.example.com").credential()).isNull();
        assertThat(find(HOST).credential()).as("what is written beside it").isNotNull();
    }

    @Test
    void a_helper_that_fails_is_told_without_what_it_printed() throws Exception {
        config("{\"credHelpers\": {\"" + HOST + "\": \"own\"}}");
        assertThat(find(HOST).trouble()).contains("docker-credential-own is not in the PATH (" + folder);
        helper("own", "echo " + SECRET + "; echo " + SECRET + " >&2; exit 3");
        assertThat(find(HOST).trouble())
                .contains(
                        "docker-credential-own ended with exit code 3", "echo " + HOST + " | docker-credential-own get")
                .doesNotContain(SECRET);
        helper("own", "echo not json " + SECRET);
        assertThat(find(HOST).trouble()).contains("not a JSON object").doesNotContain(SECRET);
        helper("own", "echo " + SECRET + "; sleep 60");
        assertThat(find(HOST).trouble()).contains("gave no answer within").doesNotContain(SECRET);
        config("{\"credHelpers\": {\"" + HOST + "\": \"../../bin/sh\"}}");
        assertThat(find(HOST).trouble()).contains("a credential helper's name is");
    }

    @Test
    void a_configuration_that_cannot_be_used_is_told_without_repeating_it() throws Exception {
        assertThat(find(HOST).trouble()).as("none is no trouble").isNull();
        var required = new LoginSources(Map.of(), config, true, Map.of());
        assertThat(new Logins(required).find(HOST).trouble()).isEqualTo(config + " is not there");
        config("{\"auths\": {\"" + HOST + "\": {\"auth\": \"" + SECRET);
        assertThat(find(HOST).trouble()).contains("config.json:1 is not JSON").doesNotContain(SECRET);
        config("[\"" + SECRET + "\"]");
        assertThat(find(HOST).trouble())
                .contains("no configuration of the Docker client")
                .doesNotContain(SECRET);
        config("{\"auths\": {\"" + HOST + "\": {\"auth\": \"" + SECRET + "\"}}}");
        assertThat(find(HOST).trouble())
                .contains("auth is not USER:PASSWORD in Base64", "docker login " + HOST)
                .doesNotContain(SECRET);
    }

    @Test
    void the_settings_of_the_daemon_go_before_and_a_changed_password_counts_at_once() throws Exception {
        config("{\"auths\": {\"" + HOST + "\": {\"auth\": \"" + pair("u", "old") + "\"}}}");
        var file = Files.writeString(folder.resolve("password"), SECRET + "\n");
        var logins = new Logins(sources(Map.of(HOST, new LoginSources.Login("holdfast", file))));
        assertThat(shown(logins.find(HOST), HOST).path("password").asText()).isEqualTo(SECRET);
        Files.writeString(file, "another");
        assertThat(shown(logins.find(HOST), HOST).path("password").asText()).isEqualTo("another");
        Files.writeString(file, "\n");
        assertThat(logins.find(HOST).trouble()).isEqualTo(file + " is empty");
        Files.delete(file);
        assertThat(logins.find(HOST).trouble()).isEqualTo(file + " is not there");
    }

    @Test
    void nothing_that_is_printed_tells_a_secret() throws Exception {
        config("{\"auths\": {\"" + HOST + "\": {\"auth\": \"" + pair("puller", SECRET) + "\"}}}");
        var found = find(HOST);
        assertThat(found.toString() + sources(Map.of()) + DockerConfig.parse(Files.readAllBytes(config), config))
                .doesNotContain(SECRET, pair("puller", SECRET));
    }
}
