package dev.holdfast.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.app.App;
import dev.holdfast.live.Content;
import dev.holdfast.live.Live;
import dev.holdfast.live.Network;
import dev.holdfast.live.Node;
import dev.holdfast.live.Service;
import dev.holdfast.spec.AppArbitraries;
import dev.holdfast.spec.Contexts;
import dev.holdfast.spec.EngineStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// A service that an app file can describe is described by the one that is written for it.
class LiveImportPropertiesTest {

    @Provide
    Arbitrary<App> apps() {
        return AppArbitraries.apps();
    }

    @Property(tries = 400)
    @Label("nothing of a service that a file can say is lost or changed")
    void nothingIsLostOrChanged(@ForAll("apps") App app) {
        var service = unmanaged(Contexts.spec(app));

        var imported = LiveImport.of(live(service), List.of(), true);

        assertThat(imported.notes()).as(() -> imported.apps().toString()).isEmpty();
    }

    /// As somebody else would have made it.
    static Service unmanaged(ObjectNode spec) {
        if (spec.get("Labels") instanceof ObjectNode labels) {
            labels.properties().stream()
                    .map(Map.Entry::getKey)
                    .filter(label -> label.startsWith("dev.holdfast."))
                    .toList()
                    .forEach(labels::remove);
        }
        return EngineStore.service(spec);
    }

    static Live live(Service... services) {
        var networks = EngineStore.NETWORKS.entrySet().stream()
                .map(network -> new Network(
                        network.getKey(),
                        network.getValue(),
                        "overlay",
                        "swarm",
                        false,
                        false,
                        Map.of(),
                        List.of(),
                        Map.of()))
                .toList();
        return new Live(
                "swarm",
                Contexts.NEW,
                List.<Node>of(),
                List.of(services),
                List.of(),
                networks,
                List.<Content>of(),
                List.<Content>of());
    }

    static ImportedFiles files(Imported imported) {
        return ImportedFiles.of(imported, "apps", path -> Optional.empty());
    }
}
