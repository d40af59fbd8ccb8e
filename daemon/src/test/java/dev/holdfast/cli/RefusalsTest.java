package dev.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a pipeline has to post where a repository says nothing that could be planned.
class RefusalsTest {

    @TempDir
    private Path folder;

    private Cli.Result plan(String holdfastYaml, String format) throws IOException {
        Files.createDirectories(folder.resolve("apps"));
        Files.writeString(folder.resolve("apps/web.yaml"), "name: web\nimage: web:1\n");
        Files.writeString(folder.resolve("holdfast.yaml"), holdfastYaml);
        var nobody = "unix://" + folder.resolve("no-engine.sock");
        return Cli.run("plan", "--repo", folder.toString(), "--docker-host", nobody, "-o", format);
    }

    @Test
    void thePageHasTheMarkerOfThePlanThatItStandsFor() throws IOException {
        var page = plan("cluster: production\nnetwork: {}\n", "markdown");
        assertThat(page.code()).isEqualTo(1);
        assertThat(page.out())
                .startsWith("<!-- holdfast:plan:production:1 -->")
                .contains("Nothing would be applied", "`holdfast.yaml:2:1`");
    }

    @Test
    void evenOfAFileThatIsNoYamlTheClusterIsTold() throws IOException {
        assertThat(plan("cluster: production # the big one\nnetworks: {\n", "markdown")
                        .out())
                .startsWith("<!-- holdfast:plan:production:1 -->");
    }

    @Test
    void problemsAreSaidOnceAndAreTheResult() throws IOException {
        var text = plan("network: {}\n", "text");
        assertThat(text.out()).contains("Nothing would be applied", "holdfast.yaml:1:1: network: ");
        assertThat(text.err()).contains("holdfast: the repository says nothing").doesNotContain("holdfast.yaml:1");
    }

    @Test
    void aRobotGetsAnEmptyPlanThatSaysItWasRefused() throws IOException {
        var json = plan("network: {}\n", "json");
        SchemaFilesTest.assertFits("plan", json.out());
        assertThat(json.out()).contains("\"refused\" : ", "\"file\" : \"holdfast.yaml\"", "\"changes\" : [ ]");
    }
}
