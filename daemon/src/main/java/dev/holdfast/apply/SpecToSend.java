package dev.holdfast.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.engine.Engine;
import dev.holdfast.engine.EngineException;
import dev.holdfast.live.Labels;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Makes a planned spec ready to be sent: the IDs of its secrets and configs, and the digest that its image's tag means
/// now. Safe for use by many threads.
final class SpecToSend {

    private final Engine engine;
    private final Map<String, String> secretIds;
    private final Map<String, String> configIds;
    private final Map<String, String> resolved = new ConcurrentHashMap<>();

    /// Reads the IDs as they are now: after all new secrets and configs have been made.
    SpecToSend(Engine engine) {
        this.engine = engine;
        this.secretIds = ids(engine.secrets());
        this.configIds = ids(engine.configs());
    }

    ObjectNode spec(ObjectNode planned) {
        var spec = planned.deepCopy();
        var container = (ObjectNode) spec.path("TaskTemplate").path("ContainerSpec");
        for (var secret : container.path("Secrets")) {
            fill((ObjectNode) secret, "SecretID", "SecretName", secretIds);
        }
        for (var config : container.path("Configs")) {
            fill((ObjectNode) config, "ConfigID", "ConfigName", configIds);
        }
        var image = container.path("Image").asText();
        // Only a tag that the file names is looked up: what the service has already keeps its digest.
        if (!image.contains("@")
                && image.equals(spec.path("Labels").path(Labels.STACK_IMAGE).asText())) {
            container.put("Image", resolved.computeIfAbsent(image, this::resolve));
        }
        return spec;
    }

    private static void fill(ObjectNode reference, String id, String name, Map<String, String> ids) {
        var known = ids.get(reference.path(name).asText());
        if (known != null) {
            reference.put(id, known);
        }
    }

    /// Without a registry's word the tag is used as it is: the image may be on the nodes already.
    private String resolve(String image) {
        try {
            var digest =
                    engine.distribution(image).path("Descriptor").path("digest").asText();
            return digest.isEmpty() ? image : image + "@" + digest;
        } catch (EngineException unknown) {
            return image;
        }
    }

    private static Map<String, String> ids(Iterable<com.fasterxml.jackson.databind.JsonNode> objects) {
        var ids = new ConcurrentHashMap<String, String>();
        objects.forEach(
                o -> ids.put(o.path("Spec").path("Name").asText(), o.path("ID").asText()));
        return ids;
    }
}
