package dev.holdfast.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.engine.Engine;
import dev.holdfast.live.Labels;
import dev.holdfast.registry.Answer;
import dev.holdfast.registry.Registries;
import dev.holdfast.value.ImageReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes a planned spec ready to be sent: the IDs of its secrets and configs, and the digest that its image's tag means
/// now. Safe for use by many threads.
final class SpecToSend {

    private final Registries registries;
    private final Ids secretIds;
    private final Ids configIds;

    SpecToSend(Engine engine, Registries registries) {
        this.registries = registries;
        this.secretIds = new Ids(engine::secrets);
        this.configIds = new Ids(engine::configs);
    }

    ObjectNode spec(ObjectNode planned) throws InterruptedException {
        var spec = planned.deepCopy();
        var container = (ObjectNode) spec.path("TaskTemplate").path("ContainerSpec");
        for (var secret : container.path("Secrets")) {
            fill((ObjectNode) secret, "SecretID", "SecretName", secretIds);
        }
        for (var config : container.path("Configs")) {
            fill((ObjectNode) config, "ConfigID", "ConfigName", configIds);
        }
        if (container.path("Privileges").path("CredentialSpec") instanceof ObjectNode credentials) {
            var known = configIds.get(credentials.path("Config").asText());
            credentials.put("Config", known == null ? credentials.path("Config").asText() : known);
        }
        var image = container.path("Image").asText();
        // Only what the file names is looked up: what the service has already keeps its digest.
        if (image.equals(spec.path("Labels").path(Labels.STACK_IMAGE).asText())) {
            container.put("Image", resolve(image));
        }
        return spec;
    }

    private static void fill(ObjectNode reference, String id, String name, Ids ids) {
        var known = ids.get(reference.path(name).asText());
        if (known != null) {
            reference.put(id, known);
        }
    }

    /// Without a registry's word the tag is used as it is: the image may be on the nodes already.
    private String resolve(String image) throws InterruptedException {
        var sent = ImageReference.of(image).asSent();
        return !sent.isPinned() && registries.ask(List.of(image)).get(image) instanceof Answer.Given(var digest)
                ? sent.withDigest(digest).toString()
                : sent.toString();
    }

    /// IDs by name, as they are when the first spec asks: after all new secrets and configs have been made.
    private static final class Ids {

        private final Supplier<List<JsonNode>> objects;
        private @Nullable Map<String, String> known;

        Ids(Supplier<List<JsonNode>> objects) {
            this.objects = objects;
        }

        synchronized @Nullable String get(String name) {
            var ids = known;
            if (ids == null) {
                ids = new HashMap<>();
                for (var object : objects.get()) {
                    ids.put(
                            object.path("Spec").path("Name").asText(),
                            object.path("ID").asText());
                }
                known = ids;
            }
            return ids.get(name);
        }
    }
}
