package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.holdfast.live.Node;
import dev.holdfast.plan.Difference;
import dev.holdfast.report.Json;
import dev.holdfast.report.Samples;
import dev.holdfast.survey.Survey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaFilesTest {

    private static final Path FOLDER = Path.of("../schema");

    /// `-Dholdfast.rewrite=true` writes the files anew.
    @ParameterizedTest
    @ValueSource(strings = {"app", "x-holdfast", "stack", "repository", "cluster", "daemon"})
    void theFilesThatEditorsReadAreWhatTheProgramSays(String name) throws IOException {
        var file = FOLDER.resolve(name + ".schema.json");
        if (Boolean.getBoolean("holdfast.rewrite")) {
            Files.writeString(file, SchemaFiles.named(name));
        }
        assertThat(SchemaFiles.named(name)).isEqualTo(Files.readString(file));
    }

    @Test
    void everySchemaCanBePrinted() {
        assertThat(SchemaFiles.NAMES)
                .allSatisfy(name -> assertThat(SchemaFiles.named(name))
                        .containsPattern("\"\\$id\" ?: \"" + name + "\\.schema\\.json\""));
    }

    @Test
    void whatTheCommandsPrintFitsItsSchema() {
        assertFits("validate", Json.print(Json.problems(Samples.problems())));
        var difference = new Difference("a", "b", Samples.plan(), Samples.problems(), 1);
        assertFits("diff", Json.print(Json.diff(difference)));
        assertFits("plan", Json.print(Json.plan(Samples.plan())));
        assertFits("plan", Json.print(Json.plan(Samples.emptyPlan())));
        assertFits("apply", Json.print(Json.apply(Samples.plan(), Samples.outcomes())));
        assertFits("status", Json.print(Json.status("production", null, Samples.status())));
        assertFits(
                "orphans",
                Json.print(Json.orphans(Samples.orphans(), 2, Samples.plan().warnings())));
        assertFits("survey", Json.print(Json.survey(survey(), nodes())));
    }

    /// Without its `$id`: that it is relative suits editors, but not this validator.
    static void assertFits(String schema, String document) {
        var problems = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaFiles.named(schema).replaceFirst("\"\\$id\": *\"[^\"]*\",", ""))
                .validate(document, InputFormat.JSON);
        assertThat(problems).as(schema).isEmpty();
    }

    private static Survey survey() {
        var volume = new Survey.Volume("db-data", "2026-01-01T00:00:00Z", "local", Map.of(), Map.of(), 5L);
        var path = new Survey.Path("/srv/a", "absent", "", "", false, null);
        var seen = new Survey.NodeSurvey(
                "n1",
                "2026-11-24T09:00:00Z",
                "/var/lib/docker",
                Map.of("db-data", volume),
                Map.of("/srv/a", path),
                List.of(),
                Map.of());
        return new Survey(Map.of("n1", seen), "worker-2 is down");
    }

    private static List<Node> nodes() {
        return List.of(node("n1", "worker-1"), node("n2", "worker-2"));
    }

    private static Node node(String id, String hostname) {
        return new Node(
                id, hostname, "ready", "active", "worker", false, Map.of(), Map.of(), "linux", "x86_64", "10.0.0.1");
    }
}
