package dev.holdfast.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.app.FilesInMemory;
import dev.holdfast.yaml.Problems;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Some hundred spellings of keys, and pairs of files, that were given to a real client (`docker stack config`, which
/// reads and merges as `docker stack deploy` does): what it refused is refused here; of what it took and printed anew,
/// the same is read here as of the file.
class ClientVerdictsTest {

    private record Read(StackFile stack, Problems problems) {}

    @TestFactory
    Stream<DynamicTest> itSaysWhatTheClientSays() throws IOException {
        var all = new ObjectMapper().readTree(new File("src/test/resources/stack-deploy/verdicts.json"));
        return StreamSupport.stream(all.spliterator(), false)
                .map(node -> DynamicTest.dynamicTest(name(node), () -> check(node)));
    }

    private static String name(JsonNode node) {
        return "file: " + (node.path("file").asText() + " " + node.path("over").asText("")).replaceAll("\\s+", " ");
    }

    private static void check(JsonNode node) {
        var variables = new TreeMap<String, String>();
        node.path("env")
                .properties()
                .forEach(e -> variables.put(e.getKey(), e.getValue().asText()));
        var read = read(node.path("file").asText(), node.path("over"), variables);
        var accepted = node.path("verdict").asText().equals("accepted");
        assertThat(read.stack().sound())
                .describedAs("%s", read.problems().sorted())
                .isEqualTo(accepted);
        assertThat(read.problems().hasErrors()).isEqualTo(!accepted);
        if (node.has("config")) {
            var printed = node.path("config").asText().replace("$", "$$");
            var again = read(printed, node.path("none"), Map.of());
            assertThat(canonical(again.stack())).isEqualTo(canonical(read.stack()));
        }
    }

    private static Read read(String file, JsonNode over, Map<String, String> variables) {
        var files = new ArrayList<String>(List.of("a.yml"));
        var source = FilesInMemory.of("a.yml", file, "one.env", "A=1\nB=\nC\n", "two.env", "A=2\n", "x", "x");
        if (!over.isMissingNode()) {
            files.add("b.yml");
            source.with("b.yml", over.asText().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        var problems = new Problems();
        return new Read(StackReader.read(source, new StackInput("fx", files, variables), problems), problems);
    }

    /// All but the places, and the `x-` keys, which are made of places.
    private static String canonical(StackFile stack) {
        return Stream.of(stack.services(), stack.networks(), stack.volumes(), stack.secrets(), stack.configs())
                .map(Object::toString)
                .map(text -> text.replaceAll("(?:at|whole)=Place\\[[^\\]]*\\]", "")
                        .replaceAll("places=Places\\[.*?\\}\\], ", "")
                        .replaceAll(", extensions=\\{.*?\\}\\]", "]"))
                .toList()
                .toString();
    }
}
