package dev.holdfast.cli;

import static dev.holdfast.cli.Ran.holdfast;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where the files of an import go, and what is said about them.
class ImportCommandTest {

    private static final String TEMPLATE = """
        captainVersion: 4
        services:
            $$cap_appname:
                image: web:1
                environment: { TOKEN: $$cap_token, MAIL: $$cap_mail }
                caproverExtra: { notExposeAsWebApp: 'true' }
        caproverOneClickApp:
            variables:
                - { id: $$cap_token, label: API token }
                - { id: $$cap_mail, defaultValue: me@example.org }
        """;

    private final FakeBackend backend = new FakeBackend();

    @TempDir
    Path folder = Path.of("");

    private Path template = Path.of("");

    @BeforeEach
    void writeTemplate() throws IOException {
        template = Files.writeString(folder.resolve("Big Site.yml"), TEMPLATE);
    }

    private Ran caprover(String... more) {
        var args = new java.util.ArrayList<>(java.util.List.of("import", "caprover", template.toString()));
        args.addAll(java.util.List.of(more));
        return holdfast(backend, args.toArray(String[]::new));
    }

    private String apps() {
        return folder.resolve("repo/apps").toString();
    }

    @Test
    void filesAreWrittenOnceAndHoldfastYamlBesideApps() throws IOException {
        var ran = caprover("--into", apps());
        assertThat(ran.code()).as(ran.err()).isEqualTo(3);
        assertThat(ran.out().lines())
                .containsExactly(folder + "/repo/apps/big-site.yaml", folder + "/repo/holdfast.yaml");
        assertThat(ran.err())
                .contains("To be decided before this can be applied:\n"
                        + "holdfast.yaml: vars.BIG_SITE_TOKEN: a secret: API token");
        assertThat(folder.resolve("repo/apps/big-site.yaml")).content().contains("name: big-site", "me@example.org");
        assertThat(folder.resolve("repo/holdfast.yaml")).content().contains("#   BIG_SITE_TOKEN:", "caprover: {}");

        Files.writeString(folder.resolve("repo/apps/big-site.yaml"), "mine");
        var again = caprover("--into", apps());
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("big-site.yaml is there; nothing was written, --force writes over it");
        assertThat(folder.resolve("repo/apps/big-site.yaml")).hasContent("mine");
        assertThat(caprover("--into", apps(), "--force").code()).isEqualTo(3);
        assertThat(folder.resolve("repo/apps/big-site.yaml")).content().contains("name: big-site");
    }

    @Test
    void aHoldfastYamlThatIsThereIsLeftAlone() throws IOException {
        Files.createDirectories(folder.resolve("repo/apps"));
        var there = "vars: { BIG_SITE_TOKEN: x }\n";
        Files.writeString(folder.resolve("repo/holdfast.yaml"), there);
        var ran = caprover("--into", apps());
        assertThat(folder.resolve("repo/holdfast.yaml")).hasContent(there);
        assertThat(ran.err())
                .contains("Add to holdfast.yaml:\nnetworks:\n  caprover: {}\n")
                .doesNotContain("TOKEN:");
        assertThat(ran.code()).isEqualTo(3);

        Files.writeString(folder.resolve("repo/holdfast.yaml"), there + "networks: { caprover: {} }\n");
        assertThat(caprover("--into", apps(), "--force").code()).isZero();
    }

    @Test
    void printedFilesAreDocumentsOfOneStream() {
        var ran = caprover("--stdout", "--app", "shop", "--set", "mail=you@example.org");
        assertThat(ran.out()).startsWith("# From CapRover's one-click app Big Site.yml.\nname: shop\n");
        assertThat(ran.out()).contains("MAIL: you@example.org");
        assertThat(ran.err()).contains("vars.SHOP_TOKEN");
        assertThat(folder.resolve("repo")).doesNotExist();
        assertThat(caprover("--into", "-", "--app", "shop").out()).contains("name: shop");
    }

    @Test
    void whatCannotBeImportedIsAnErrorAndWhatCannotBeMeantIsWrongUsage() throws IOException {
        assertThat(holdfast(backend, "import").code()).isEqualTo(64);
        Files.writeString(template, "services: { a: { image: b } }\n");
        var ran = caprover("--stdout");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("is no CapRover template");
        var live = holdfast(backend, "import", "live", "gone");
        assertThat(live.code()).isEqualTo(1);
        assertThat(live.err()).contains("there is no service gone");
        for (var command : java.util.List.of("compose", "caprover", "live")) {
            assertThat(holdfast(backend, "import", command, "--help").out())
                    .contains("Example", "  holdfast import " + command);
        }
    }

    @Test
    void whatIsNotThereOrNoSuchFileIsWrongUsage() throws IOException {
        var empty = Files.createDirectories(folder.resolve("empty")).toString();
        for (var command : java.util.List.of("compose", "caprover")) {
            var gone = holdfast(backend, "import", command, "/no/such", "--stdout");
            assertThat(gone.code()).isEqualTo(64);
            assertThat(gone.err()).contains("there is no file /no/such");
            assertThat(holdfast(backend, "import", command, empty, "--stdout").code())
                    .isEqualTo(64);
        }
        assertThat(holdfast(backend, "import", "compose", empty, "--stdout").err())
                .contains("there is no Compose file in the folder " + empty + " (compose.yaml, ");
        assertThat(holdfast(backend, "import", "caprover", template.toString(), "-o", "markdown")
                        .code())
                .isEqualTo(64);
        for (var text : java.util.List.of("a: [", "", "services: {}\n", "- a\n", "\u0000")) {
            var file = Files.writeString(folder.resolve("x.yaml"), text).toString();
            for (var command : java.util.List.of("compose", "caprover")) {
                var ran = holdfast(backend, "import", command, file, "--stdout");
                assertThat(ran.code()).as(ran.err()).isEqualTo(1);
                assertThat(ran.out()).isEmpty();
                assertThat(ran.err()).contains("x.yaml").doesNotContain("Exception");
            }
        }
        var notAFolder = caprover("--into", template + "/apps");
        assertThat(notAFolder.code()).isEqualTo(1);
        assertThat(notAFolder.err()).contains("Big Site.yml/apps").contains("cannot be written");
    }

    @Test
    void aFolderStandsForItsComposeFile() throws IOException {
        var shop = Files.createDirectories(folder.resolve("shop"));
        Files.writeString(shop.resolve("docker-compose.yml"), "services: { web: { image: nginx } }\n");
        var ran = holdfast(backend, "import", "compose", shop.toString(), "--stdout");
        assertThat(ran.out()).contains("name: shop_web\n");
        assertThat(ran.code()).as(ran.err()).isZero();
    }

    @Test
    void programsAreToldTheSameInJson() throws IOException {
        var compose = Files.writeString(folder.resolve("shop.yaml"), """
            services:
              web:
                image: nginx
                privileged: true
                environment: { API_TOKEN: hunter22, A: }
                volumes: ["data:/data"]
                deploy: { mode: global }
            volumes: { data: {} }
            """).toString();
        var printed = holdfast(backend, "import", "compose", compose, "--stdout", "-o", "json");
        assertThat(printed.code()).isEqualTo(3);
        SchemaFilesTest.assertFits("import", printed.out());
        var json = new ObjectMapper().readTree(printed.out());
        assertThat(json.path("format").asInt()).isEqualTo(1);
        assertThat(json.at("/files/0/text").asText()).contains("name: shop_web", "${SHOP_WEB_API_TOKEN}");
        assertThat(json.at("/files/0").has("written")).isFalse();
        assertThat(json.path("notes").toString())
                .contains("\"place\":\"services.web.privileged\"", "\"app\":\"shop_web\",\"place\":\"environment.A\"");
        assertThat(json.path("variables").toString()).contains("{\"name\":\"SHOP_WEB_API_TOKEN\",\"secret\":true,");
        assertThat(json.at("/decisions/0/app").asText()).isEqualTo("shop_web");
        assertThat(json.at("/decisions/0/choices")).isNotEmpty();
        assertThat(json.path("problems").toString()).contains("\"severity\":\"error\"");
        assertThat(printed.out() + printed.err()).doesNotContain("hunter22");

        var written = caprover("--into", apps(), "-o", "json");
        SchemaFilesTest.assertFits("import", written.out());
        assertThat(new ObjectMapper()
                        .readTree(written.out())
                        .at("/files/0/written")
                        .asText())
                .isEqualTo(folder + "/repo/apps/big-site.yaml");
        assertThat(caprover("--into", apps(), "-o", "json").code()).isEqualTo(1);
    }

    @Test
    void helpFitsATerminal() {
        for (var command : java.util.List.of("compose", "caprover", "live", "")) {
            var args =
                    command.isEmpty() ? new String[] {"import", "--help"} : new String[] {"import", command, "--help"};
            var footer = holdfast(backend, args).out().split("\n\n", 2)[1];
            assertThat(footer.lines()).as(command).allMatch(line -> line.length() <= 80);
        }
    }
}
