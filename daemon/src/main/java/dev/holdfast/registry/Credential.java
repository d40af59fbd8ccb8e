package dev.holdfast.registry;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// What a registry is shown: a name and a password, or a token. It prints as nothing that tells one.
///
/// @param identityToken that the registry gave for a password; empty where there is none
/// @param registryToken that is shown as it is; empty where there is none
record Credential(String username, String password, String identityToken, String registryToken) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /// What engines take for: no credentials, whatever the service had.
    static final String NOBODY = encoded("{}");

    static Credential of(String username, String password) {
        return new Credential(username, password, "", "");
    }

    boolean isEmpty() {
        return password.isEmpty() && identityToken.isEmpty() && registryToken.isEmpty();
    }

    /// The value of `X-Registry-Auth`.
    ///
    /// @param server as Docker's configuration calls the registry
    String header(String server) {
        var json = JSON.createObjectNode().put("serveraddress", server);
        if (!registryToken.isEmpty()) {
            json.put("registrytoken", registryToken);
        } else if (!identityToken.isEmpty()) {
            json.put("identitytoken", identityToken);
        } else {
            json.put("username", username).put("password", password);
        }
        return encoded(json.toString());
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "credentials";
    }
}
