package dev.holdfast.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.app.CorpusTest;
import dev.holdfast.app.FileSchemas;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The schemas in the repository are those that the program would print.
class SchemasTest {

    private static final Path SCHEMAS = Path.of("../schema");

    @Test
    void the_schema_of_app_files_is_fresh() throws IOException {
        CorpusTest.assertGolden(SCHEMAS.resolve("app.schema.json"), FileSchemas.app());
    }

    @Test
    void the_schema_of_holdfast_yaml_is_fresh() throws IOException {
        CorpusTest.assertGolden(SCHEMAS.resolve("repository.schema.json"), FileSchemas.repository());
    }

    @Test
    void every_key_says_what_it_is_for() throws IOException {
        for (var text : new String[] {FileSchemas.app(), FileSchemas.repository()}) {
            new ObjectMapper()
                    .readTree(text)
                    .get("properties")
                    .properties()
                    .forEach(property -> assertThat(
                                    property.getValue().path("description").asText())
                            .as(property.getKey())
                            .isNotEmpty());
        }
    }

    @Test
    void any_record_has_a_schema() {
        record Settings(
                @Doc("Where.") String url, @Default("60s") java.time.Duration reconcile) {}
        assertThat(Schemas.of(Settings.class, "settings"))
                .contains("\"url\"", "\"default\" : \"60s\"", "\"required\" : [\n    \"url\"\n  ]");
    }
}
