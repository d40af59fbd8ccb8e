package dev.holdfast.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/// A request as it came by the proxy.
///
/// @param target path and query as sent, API version and all
/// @param headers by lower-case name
/// @param body decoded if it came in chunks
public record RecordedRequest(String method, String target, Map<String, String> headers, byte[] body) {

    private static final JsonMapper JSON = new JsonMapper();

    /// The path without API version and query: `/services/create`.
    public String path() {
        return target.replaceFirst("\\?.*", "").replaceFirst("^/v\\d+\\.\\d+(?=/)", "");
    }

    /// Whether it may change something: all but `GET` and `HEAD`.
    public boolean isWrite() {
        return !method.equals("GET") && !method.equals("HEAD");
    }

    public JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Method and path, for assertions: `POST /services/create`.
    @Override
    public String toString() {
        return method + " " + path();
    }
}
