package dev.holdfast.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The Docker client's own configuration, as far as it tells of registries.
///
/// @param auths what is written in the file itself, by registry
/// @param helpers the helper that knows the credentials of a registry
/// @param store the helper that knows those of all others; null where there is none
record DockerConfig(
        Map<String, JsonNode> auths,
        Map<String, String> helpers,
        @Nullable String store) {

    static final DockerConfig NONE = new DockerConfig(Map.of(), Map.of(), null);

    private static final ObjectMapper JSON = new ObjectMapper();

    /// @throws CredentialsUnusable if that is no such configuration
    static DockerConfig parse(byte[] bytes, Path file) throws CredentialsUnusable {
        JsonNode json;
        try {
            json = bytes.length == 0 ? JSON.createObjectNode() : JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw new CredentialsUnusable(file + (at == null ? "" : ":" + at.getLineNr()) + " is not JSON");
        } catch (IOException e) {
            throw new CredentialsUnusable(file + " is not JSON");
        }
        if (!json.isObject()) {
            throw new CredentialsUnusable(file + " is no configuration of the Docker client: not a JSON object");
        }
        var auths = new HashMap<String, JsonNode>();
        json.path("auths").properties().forEach(entry -> put(auths, entry.getKey(), entry.getValue()));
        var helpers = new HashMap<String, String>();
        json.path("credHelpers")
                .properties()
                .forEach(entry -> put(helpers, entry.getKey(), entry.getValue().asText()));
        var store = json.path("credsStore").asText();
        return new DockerConfig(Map.copyOf(auths), Map.copyOf(helpers), store.isEmpty() ? null : store);
    }

    /// Where two keys mean the same registry, the one that the client itself writes counts.
    private static <T> void put(Map<String, T> map, String key, T value) {
        var host = Servers.host(key);
        if (key.equals(Servers.key(host))) {
            map.put(host, value);
        } else {
            map.putIfAbsent(host, value);
        }
    }

    /// The helper to be asked for the credentials of a registry.
    Optional<String> helper(String registry) {
        return Optional.ofNullable(helpers.getOrDefault(registry, store));
    }

    /// What the file itself has for a registry.
    ///
    /// @throws CredentialsUnusable if it cannot be read
    Optional<Credential> written(String registry, Path file) throws CredentialsUnusable {
        var entry = auths.get(registry);
        if (entry == null) {
            return Optional.empty();
        }
        var pair = entry.path("auth").asText();
        var read = pair.isEmpty()
                ? Credential.of(
                        entry.path("username").asText(), entry.path("password").asText())
                : decoded(pair, registry, file);
        var credential = new Credential(
                read.username(),
                read.password(),
                entry.path("identitytoken").asText(),
                entry.path("registrytoken").asText());
        return credential.isEmpty() ? Optional.empty() : Optional.of(credential);
    }

    private static Credential decoded(String pair, String registry, Path file) throws CredentialsUnusable {
        try {
            var text = new String(Base64.getMimeDecoder().decode(pair), StandardCharsets.UTF_8);
            var colon = text.indexOf(':');
            if (colon > 0) {
                // Some clients end it with zeros.
                return Credential.of(
                        text.substring(0, colon), text.substring(colon + 1).replaceFirst("\0+$", ""));
            }
        } catch (IllegalArgumentException e) {
            // Told below, without repeating it.
        }
        throw new CredentialsUnusable(
                file + ": auths[\"" + registry + "\"].auth is not USER:PASSWORD in Base64; docker login " + registry);
    }

    /// Nothing of it is ever printed.
    @Override
    public String toString() {
        return "the Docker client's configuration";
    }
}
