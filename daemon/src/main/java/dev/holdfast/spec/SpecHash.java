package dev.holdfast.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.live.Labels;
import dev.holdfast.value.ImageReference;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/// One short word for what an app asks for, to tell whether just this has been tried before.
public final class SpecHash {

    /// Filled in when a spec is sent; the names beside them tell all.
    private static final Set<String> FILLED_IN = Set.of("SecretID", "ConfigID");

    private SpecHash() {}

    /// SHA-256, in hex, of a desired spec: whatever the commit, and whatever the digest that the image's tag was
    /// resolved to.
    public static String of(ObjectNode spec) {
        return of(spec, false);
    }

    /// The same of an app that follows its tag: where that has moved, something else is asked for.
    public static String withDigest(ObjectNode spec) {
        return of(spec, true);
    }

    private static String of(ObjectNode spec, boolean digest) {
        var plain = spec.deepCopy();
        Specs.child(plain, "Labels").remove(List.of(Labels.COMMIT, Labels.SCHEDULE_SINCE, Labels.RUNS));
        var container = Specs.containerSpec(plain);
        var image = ImageReference.of(Specs.text(container.path("Image")));
        container.put("Image", image.familiar() + (digest ? "@" + image.digest() : ""));
        if (plain.at("/TaskTemplate/Placement").isEmpty()) {
            Specs.child(plain, "TaskTemplate").remove("Placement"); // an empty one was not always written
        }
        return ofJson(plain);
    }

    /// SHA-256, in hex, of what is as it is, in whatever order its keys are.
    static String ofJson(JsonNode json) {
        var bytes = canonical(json).toString().getBytes(StandardCharsets.UTF_8);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// Keys in order; lists stay as they are.
    private static JsonNode canonical(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                var sorted = new TreeMap<String, JsonNode>();
                object.properties().forEach(entry -> sorted.put(entry.getKey(), canonical(entry.getValue())));
                sorted.keySet().removeAll(FILLED_IN);
                yield Specs.object().setAll(sorted);
            }
            case ArrayNode list -> {
                var copy = Specs.array();
                list.forEach(element -> copy.add(canonical(element)));
                yield copy;
            }
            default -> node;
        };
    }
}
