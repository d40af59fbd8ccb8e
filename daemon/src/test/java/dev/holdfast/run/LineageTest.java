package dev.holdfast.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.app.DesiredReader;
import dev.holdfast.app.FilesInMemory;
import dev.holdfast.app.ReadOptions;
import dev.holdfast.engine.EngineVersion;
import dev.holdfast.git.Checkout;
import dev.holdfast.ledger.Ledger;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Live;
import dev.holdfast.live.Service;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A stack that is called like the cluster: somebody else's, or one of this very repository.
class LineageTest {

    private static final String WEB = "services: { web: { image: \"nginx:1\" } }\n";

    private static Service service(String name, Map<String, String> labels) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("ID", name);
        json.putObject("Version").put("Index", 1);
        var spec = json.putObject("Spec").put("Name", name);
        var given = spec.putObject("Labels");
        labels.forEach(given::put);
        spec.putObject("TaskTemplate").putObject("ContainerSpec").put("Image", "nginx:1");
        return Service.of(json);
    }

    private static Optional<String> foreign(FilesInMemory files, Service... services) {
        var live = new Live(
                "swarm",
                new EngineVersion("28.5.2", "1.51"),
                List.of(),
                List.of(services),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        var checkout = new Checkout(Checkout.NO_COMMIT, null, null, files, true, false);
        return new Lineage(
                        checkout,
                        DesiredReader.read(files),
                        live,
                        Ledger.empty("shop", "a2V5"),
                        ReadOptions.NONE,
                        false)
                .foreignStack();
    }

    private static FilesInMemory repository(String... more) {
        var files = FilesInMemory.of(more);
        return files.with("holdfast.yaml", "cluster: shop\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static Service ofStack(String name) {
        return service(name, Map.of(Labels.STACK, "shop"));
    }

    @Test
    void a_stack_of_somebody_else_stops_the_run() {
        assertThat(foreign(repository("apps/web.yaml", "name: web\nimage: nginx:1\n"), ofStack("shop_web")))
                .hasValueSatisfying(why -> assertThat(why)
                        .contains("\"shop\" is the name of a stack that Holdfast did not make")
                        .contains("shop_web"));
    }

    @Test
    void one_of_this_repository_does_not() {
        assertThat(foreign(repository("stacks/shop.yaml", WEB), ofStack("shop_web"), ofStack("shop_old")))
                .isEmpty();
    }

    @Test
    void nor_does_it_while_its_file_has_an_error() {
        assertThat(foreign(repository("stacks/shop.yaml", WEB.replace("image", "imag")), ofStack("shop_web")))
                .isEmpty();
    }

    @Test
    void nor_does_a_service_that_an_app_file_takes_over() {
        var app = "name: shop_web\nimage: nginx:1\nadopt: true\n";
        assertThat(foreign(repository("apps/web.yaml", app), ofStack("shop_web")))
                .isEmpty();
        assertThat(foreign(repository("apps/web.yaml", app), ofStack("shop_web"), ofStack("shop_db")))
                .isPresent();
    }

    @Test
    void what_holdfast_made_is_no_foreign_stack() {
        var ours = service("web", Map.of(Labels.STACK, "shop", Labels.CLUSTER, "shop"));
        assertThat(foreign(repository("apps/web.yaml", "name: web\nimage: nginx:1\n"), ours))
                .isEmpty();
    }
}
