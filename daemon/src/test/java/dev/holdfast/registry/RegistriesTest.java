package dev.holdfast.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.engine.Engine;
import dev.holdfast.engine.EngineAddress;
import dev.holdfast.yaml.Sealed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the Swarm's nodes are given for a registry, without any engine.
class RegistriesTest {

    @TempDir
    Path folder;

    private Registries registries() throws Exception {
        return registries(false);
    }

    private Registries registries(boolean ofProposal) throws Exception {
        var password = Files.writeString(folder.resolve("password"), "s3cret");
        var logins = Map.of(
                "r.example.com", new LoginSources.Login("u", password),
                "index.docker.io", new LoginSources.Login("hub", password));
        var engine = Engine.at(EngineAddress.plain("unix://" + folder.resolve("none.sock")));
        return new Registries(
                engine,
                new LoginSources(logins, folder.resolve("config.json"), false, Map.of()),
                InstantSource.system(),
                ofProposal);
    }

    private static String text(@Nullable String header) {
        return header == null ? "-" : new String(Base64.getUrlDecoder().decode(header), StandardCharsets.UTF_8);
    }

    @Test
    void a_service_is_made_with_the_credentials_of_its_registry_and_no_others() throws Exception {
        var registries = registries();
        assertThat(text(registries.auth("r.example.com/team/app:1@sha256:0")))
                .contains("\"username\":\"u\"", "\"password\":\"s3cret\"", "\"serveraddress\":\"r.example.com\"");
        assertThat(text(registries.auth("nginx"))).contains("hub", "https://index.docker.io/v1/");
        assertThat(text(registries.auth("docker.io/library/nginx:1"))).contains("hub");
        assertThat(registries.auth("r.example.com:5000/team/app:1")).isNull();
        assertThat(registries.auth("localhost/app")).isNull();
    }

    @Test
    void an_update_keeps_what_the_service_has_unless_another_registry_would_see_it() throws Exception {
        var registries = registries();
        assertThat(text(registries.authAfter("nginx", "r.example.com/app:1"))).contains("s3cret");
        assertThat(registries.authAfter("other.example.com/app:1", "other.example.com/app:2"))
                .isNull();
        assertThat(text(registries.authAfter("r.example.com/app:1", "other.example.com/app:2")))
                .isEqualTo("{}");
    }

    /// Whoever opens a pull request could else read a secret at a registry of his own.
    @Test
    void a_registry_is_not_asked_for_a_name_with_a_secret_that_nobody_has_accepted_yet() throws Exception {
        Sealed.add("gaensebluemchen-4711");
        var image = "evil.example.com/x:gaensebluemchen-4711";
        assertThat(registries(true).ask(List.of(image, "nginx")))
                .hasEntrySatisfying(
                        image, answer -> assertThat(answer.toString()).contains("encrypted file"))
                .hasEntrySatisfying(
                        "nginx", answer -> assertThat(answer.toString()).doesNotContain("encrypted"));
        assertThat(registries(false).ask(List.of(image)).toString()).doesNotContain("encrypted file");
    }

    @Test
    void an_engine_that_is_away_is_no_answer_of_a_registry() throws Exception {
        assertThat(registries().ask(List.of("nginx", "r.example.com/app:1")))
                .containsOnlyKeys("nginx", "r.example.com/app:1")
                .allSatisfy((image, answer) -> assertThat(answer).isInstanceOf(Answer.Unknown.class));
    }
}
