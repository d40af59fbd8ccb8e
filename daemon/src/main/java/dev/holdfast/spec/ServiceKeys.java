package dev.holdfast.spec;

import static dev.holdfast.spec.ComposeKey.Restart.NEVER;
import static dev.holdfast.spec.PlainParts.text;

import dev.holdfast.app.App;
import java.util.List;

/// The keys that are about the service as a whole.
final class ServiceKeys {

    static final List<ComposeKey> IDENTITY = List.of(
            key("Name", text(App::name), "name"),
            key("Labels", new ServiceLabelsPart(), "deploy.labels").restarts(NEVER));

    static final List<ComposeKey> ROLLOUT = List.of(
            key("Mode", new ModePart(), ModePart.MODE, ModePart.REPLICAS, "schedule")
                    .restarts(ModePart::restarts),
            key("UpdateConfig", new ReplacingPart(SpecDefaults::update), "deploy.update_config")
                    .restarts(NEVER),
            key("RollbackConfig", new ReplacingPart(SpecDefaults::rollback), "deploy.rollback_config")
                    .restarts(NEVER),
            key("EndpointSpec", new EndpointPart(), "ports", "deploy.endpoint_mode"));

    private ServiceKeys() {}

    private static ComposeKey key(String field, SpecPart part, String... words) {
        return new ComposeKey(field, List.of(words), part);
    }
}
