package dev.holdfast.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// The ledger as bytes: gzip over JSON with a format number. Keys that this program does not know are ignored, so that
/// an older one can still read what a newer one of the same format wrote.
final class LedgerFormat {

    static final int FORMAT = 1;

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .defaultPropertyInclusion(JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, null))
            .build();

    private LedgerFormat() {}

    static byte[] encode(Ledger ledger) {
        ObjectNode json = JSON.createObjectNode().put("format", FORMAT);
        json.setAll((ObjectNode) JSON.valueToTree(ledger));
        json.remove("sequence"); // the config's name says it
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(JSON.writeValueAsBytes(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /// @param config what the bytes are called in the Swarm, for messages
    /// @throws LedgerUnusable if this is no ledger of the cluster, or one of a newer format
    static Ledger decode(byte[] bytes, String config, String cluster, long sequence) {
        try {
            var json = tree(bytes, config);
            requireFormat(json, config);
            json.put("sequence", sequence);
            for (var field : new String[] {"cluster", "nameKey"}) {
                if (!json.path(field).isTextual()) {
                    throw unreadable(config, "it has no \"" + field + "\"", null);
                }
            }
            if (!json.path("cluster").asText().equals(cluster)) {
                throw unreadable(
                        config, "it is of the cluster \"" + json.path("cluster").asText() + "\"", null);
            }
            emptyWhereAbsent(json, "claims", JSON.createArrayNode());
            emptyWhereAbsent(json, "images", JSON.createObjectNode());
            emptyWhereAbsent(json, "undeclared", JSON.createObjectNode());
            emptyWhereAbsent(json, "failures", JSON.createObjectNode());
            emptyWhereAbsent(json, "contents", JSON.createObjectNode());
            emptyWhereAbsent(json, "holds", JSON.createObjectNode());
            return checked(JSON.treeToValue(json, Ledger.class), config);
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(config, String.valueOf(e.getMessage()), e);
        }
    }

    private static ObjectNode tree(byte[] bytes, String config) throws IOException {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            if (JSON.readTree(gzip.readAllBytes()) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw unreadable(config, "it holds no JSON", e);
        }
        throw unreadable(config, "it holds no JSON object", null);
    }

    private static void requireFormat(JsonNode json, String config) {
        var format = json.path("format").asInt(0);
        if (format > FORMAT) {
            throw new LedgerUnusable("the ledger " + config + " has format " + format
                    + ", written by a newer Holdfast; this one knows format " + FORMAT + ": update Holdfast here");
        }
        if (format != FORMAT) {
            throw unreadable(config, "it says no format", null);
        }
    }

    /// A part that was never written is empty.
    private static void emptyWhereAbsent(ObjectNode json, String field, JsonNode empty) {
        if (!json.hasNonNull(field)) {
            json.set(field, empty);
        }
    }

    private static Ledger checked(Ledger ledger, String config) {
        for (var claim : ledger.claims()) {
            if (isMissing(claim)
                    || isMissing(claim.kind())
                    || Stream.of(claim.name(), claim.node(), claim.hostname(), claim.app(), claim.target())
                            .anyMatch(LedgerFormat::isMissing)) {
                throw unreadable(config, "a claim in it is not whole", null);
            }
        }
        return ledger;
    }

    /// Jackson fills a record's components with null where a key is missing, whatever the compiler believes.
    private static boolean isMissing(@Nullable Object value) {
        return value == null;
    }

    /// Falling back to an older ledger by ourselves could forget a claim, and a forgotten claim is data that nobody
    /// looks after: so a person decides.
    private static LedgerUnusable unreadable(String config, String why, @Nullable Throwable cause) {
        var message = "the ledger " + config + " cannot be read (" + why + "); nothing was touched. To go on with the"
                + " ledger before it, or with what the live services say where there is none: docker config rm "
                + config;
        return cause == null ? new LedgerUnusable(message) : new LedgerUnusable(message, cause);
    }
}
