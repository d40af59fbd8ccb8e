package dev.holdfast.migrate;

import static dev.holdfast.migrate.LiveImportPropertiesTest.files;
import static dev.holdfast.migrate.LiveImportPropertiesTest.live;
import static dev.holdfast.migrate.LiveImportPropertiesTest.unmanaged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.live.Service;
import dev.holdfast.spec.AppMaker;
import dev.holdfast.spec.Contexts;
import dev.holdfast.yaml.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a running service becomes, and what is said about it.
class LiveImportTest {

    private static final String OTHERS = """
        {"Name": "%s", "TaskTemplate": {"ContainerSpec": {"Image": "demo:1@sha256:%s", "Mounts": [%s], "Env": [%s]}, "Networks": []%s},
         "Mode": {"Replicated": {"Replicas": %d}}}
        """;

    static Service service(String name, String mounts, String env, int replicas, String more) {
        try {
            var text = OTHERS.formatted(name, "a".repeat(64), mounts, env, more, replicas);
            return unmanaged((ObjectNode) new ObjectMapper().readTree(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aServiceOfCapRoverKeepsItsNameItsVolumeAndItsNode() {
        var blog = service(
                "srv-captain--blog",
                "{\"Type\": \"volume\", \"Source\": \"captain--blog-data\", \"Target\": \"/data\"}",
                "\"A=b\"",
                1,
                ", \"Placement\": {\"Constraints\": [\"node.id == n3\"]}");
        assertThat(LiveImport.of(live(blog), List.of("srv-captain--blog"), false)
                        .apps())
                .containsEntry("srv-captain--blog", """
                    name: srv-captain--blog
                    image: demo:1
                    environment:
                      A: b
                    networks: []
                    deploy:
                      update_config:
                        monitor: 5s
                      rollback_config:
                        monitor: 5s
                    persistent:
                      node: n3
                      directories: ["captain--blog-data:/data"]
                    # counts once; remove the line when it has worked
                    adopt: true
                    """);
    }

    @Test
    void aSecretIsNotWrittenButListedUnlessAskedFor() {
        var db = service("shop_db", "", "\"POSTGRES_PASSWORD=hunter22\", \"ALLOW_EMPTY_PASSWORD=yes\"", 1, "");
        var imported = LiveImport.of(live(db), List.of(), false);
        assertThat(imported.apps().get("shop_db"))
                .contains("POSTGRES_PASSWORD: ${SHOP_DB_POSTGRES_PASSWORD}", "ALLOW_EMPTY_PASSWORD: \"yes\"")
                .doesNotContain("hunter22");
        assertThat(imported.wanted()).containsOnlyKeys("SHOP_DB_POSTGRES_PASSWORD");
        assertThat(imported.notes()).isEmpty();
        assertThat(LiveImport.of(live(db), List.of(), true).apps().get("shop_db"))
                .contains("hunter22");
    }

    @Test
    void whatNoFileCanSayIsListedInTheWordsOfAPlan() {
        var spec = (ObjectNode) service("odd", "{\"Type\": \"volume\", \"Target\": \"/anon\"}", "", 1, "")
                .spec()
                .deepCopy();
        ((ObjectNode) spec.at("/TaskTemplate/ContainerSpec")).putArray("Groups").add("audio");
        var odd = dev.holdfast.spec.EngineStore.live(spec);
        assertThat(LiveImport.of(live(odd), List.of(), false).notes())
                .extracting(Imported.Note::toString)
                .containsExactlyInAnyOrder(
                        "odd: persistent.directories[/anon] cannot be written as it is: \"volume\" would become"
                                + " nothing, and its tasks would restart",
                        "odd: group_add cannot be written as it is: \"[\"audio\"]\" would become nothing, and its"
                                + " tasks would restart");
    }

    @Test
    void severalInstancesOfDataAreLeftToAPerson() {
        var many =
                service("many", "{\"Type\": \"volume\", \"Source\": \"many-data\", \"Target\": \"/data\"}", "", 3, "");
        var imported = LiveImport.of(live(many), List.of(), false);
        assertThat(imported.apps().get("many")).contains("""
            # Decide, since 3 instances would write the same data (many-data). An error until one of these is taken:
            # 1. One instance: write replicas: 1 under deploy.
            """).contains("replicas: 3");
        assertThat(files(imported).open()).anyMatch(Problem::isError);
    }

    @Test
    void onlyServicesOfOthersAreImported() {
        var ours = dev.holdfast.spec.EngineStore.service(Contexts.spec(AppMaker.app(m -> m.name = "ours")));
        var other = service("other", "", "", 1, "");
        assertThat(LiveImport.of(live(ours, other), List.of(), false).apps()).containsOnlyKeys("other");
        assertThatThrownBy(() -> LiveImport.of(live(ours, other), List.of("ours", "gone"), false))
                .hasMessageContaining("the service ours is managed by Holdfast already (cluster production)")
                .hasMessageContaining("there is no service gone; there are: other");
    }

    @Test
    void whatIsInHoldfastYamlAlreadyIsNotAskedForAgain() {
        var web = service("web", "", "", 1, "").spec().deepCopy();
        ((ObjectNode) web.path("TaskTemplate")).putArray("Networks").addObject().put("Target", "id-front");
        var imported = LiveImport.of(live(dev.holdfast.spec.EngineStore.live(web)), List.of(), false);
        assertThat(files(imported).files()).containsOnlyKeys("apps/web.yaml", "holdfast.yaml");
        var there = Map.of("holdfast.yaml", "networks: { front: { external: true } }\n".getBytes());
        var files = ImportedFiles.of(imported, "apps/sub", path -> java.util.Optional.ofNullable(there.get(path)));
        assertThat(files.files()).containsOnlyKeys("apps/sub/web.yaml");
        assertThat(files.toAdd()).isEmpty();
        assertThat(files.open()).isEmpty();
    }
}
