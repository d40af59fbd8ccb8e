package dev.holdfast.spec;

import dev.holdfast.app.App;
import dev.holdfast.app.Repository;
import dev.holdfast.data.ClaimsLabel;
import dev.holdfast.data.Source;
import dev.holdfast.engine.EngineVersion;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Contexts of specs for tests.
public final class Contexts {

    public static final EngineVersion NEW = new EngineVersion("28.5.2", "1.51");
    public static final EngineVersion OLD = new EngineVersion("20.10.24", "1.41");
    public static final Map<String, Repository.Volume> VOLUMES = Map.of(
            "media",
            new Repository.Volume("local", Map.of("type", "nfs", "device", ":/media"), Map.of("tier", "slow"), true));

    private Contexts() {}

    public static SpecContext of(App app) {
        return of(app, NEW, app.image());
    }

    public static SpecContext of(App app, EngineVersion version, String image) {
        var owned = app.isPersistent(volume -> false);
        return of(
                app,
                version,
                image,
                new SpecContext.Data(owned && !app.hasDataOnEachNode() ? "node-1" : null, owned, claims(app)));
    }

    /// @param node that the app is locked to; null where it owns no data
    static SpecContext of(App app, EngineVersion version, String image, @Nullable String node) {
        return of(app, version, image, new SpecContext.Data(node, node != null, claims(app)));
    }

    private static SpecContext of(App app, EngineVersion version, String image, SpecContext.Data data) {
        return new SpecContext(
                "production",
                "c0ffee",
                image,
                version,
                data,
                new SpecContext.ObjectNames(
                        Map.of("back2", "prod"),
                        Map.of("password", "password-0123456789ab"),
                        Map.of("conf", "conf-0123456789ab")),
                VOLUMES,
                SpecDefaults.SAFE);
    }

    private static String claims(App app) {
        return app.directories().stream()
                .map(directory -> ClaimsLabel.mount(Source.of(directory), directory.target(), directory.readOnly()))
                .distinct()
                .sorted()
                .collect(Collectors.joining(","));
    }

    public static com.fasterxml.jackson.databind.node.ObjectNode spec(App app) {
        return SpecBuilder.build(app, of(app)).spec();
    }
}
