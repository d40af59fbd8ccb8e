package dev.holdfast.spec;

import dev.holdfast.app.App;
import dev.holdfast.app.Repository;
import dev.holdfast.engine.EngineVersion;
import java.util.Map;
import java.util.Set;

/// Contexts of specs for tests.
public final class Contexts {

    public static final EngineVersion NEW = new EngineVersion("28.5.2", "1.51");
    public static final EngineVersion OLD = new EngineVersion("20.10.24", "1.41");
    public static final Map<String, Repository.Volume> VOLUMES = Map.of(
            "media",
            new Repository.Volume("local", Map.of("type", "nfs", "device", ":/media"), Map.of("tier", "slow"), true));

    private Contexts() {}

    public static SpecContext of(App app) {
        return of(app, NEW, app.image(), Set.of());
    }

    public static SpecContext of(App app, EngineVersion version, String image, Set<String> adopted) {
        var persistent = app.isPersistent(volume -> false);
        return new SpecContext(
                "production",
                "c0ffee",
                persistent ? "node-1" : null,
                persistent,
                image,
                version,
                Map.of("back2", "prod"),
                Map.of("password", "password-0123456789ab"),
                Map.of("conf", "conf-0123456789ab"),
                VOLUMES,
                adopted);
    }

    public static com.fasterxml.jackson.databind.node.ObjectNode spec(App app) {
        return SpecBuilder.build(app, of(app)).spec();
    }
}
