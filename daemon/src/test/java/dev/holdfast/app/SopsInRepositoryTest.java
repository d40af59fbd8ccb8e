package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.sops.Decryption;
import dev.holdfast.sops.KeyPlaces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Where files that SOPS has encrypted may stand in a repository, and what becomes of those that cannot be opened.
class SopsInRepositoryTest {

    private static final Path FILES = Path.of("src/test/resources/sops");

    /// Values of the encrypted files, and of what is made of them.
    private static final List<String> VALUES = List.of(
            "correct-horse-7",
            "battery-staple-8",
            "token-one-41",
            "token-two-42",
            "level-secret-1",
            "with blanks 8",
            "content-77",
            "dotted-key-9");

    private static final ReadOptions OPENS = new ReadOptions(null, with("test-only-one.age-key"));

    private static final String APP = "name: web\nimage: web:1\n";

    private static Decryption with(String key) {
        return Decryption.with(new KeyPlaces(FILES.resolve(key), null, null, null));
    }

    private static byte[] bytes(String file) {
        try {
            return Files.readAllBytes(FILES.resolve(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static FilesInMemory files(String holdfast, String... more) {
        var files = FilesInMemory.of(more).with("holdfast.yaml", holdfast.getBytes(StandardCharsets.UTF_8));
        for (var file :
                List.of("db.yaml", "db.json", "app.env", "app.ini", "blob.bin", "pgp.yaml", "db-changed.yaml")) {
            files = files.with("secrets/" + file, bytes(file));
        }
        return files;
    }

    private static List<String> problems(Desired desired) {
        var problems = desired.problems().stream().map(String::valueOf).toList();
        assertThat(String.join("\n", problems)).doesNotContain(VALUES);
        return problems;
    }

    private static String content(Desired desired, String key) {
        var source = desired.repository().secrets().get(key);
        return new String(desired.contents().get(source.content()), StandardCharsets.UTF_8);
    }

    @Test
    void secrets_and_configs_come_from_encrypted_files_or_from_values_of_them() {
        var desired = DesiredReader.read(
                files(
                        """
                        secrets:
                          password: { sops: secrets/db.yaml, key: password }
                          token: { sops: secrets/db.yaml, key: "replicas[1].token" }
                          deep: { sops: ./secrets/db.json, key: "list[1].deep" }
                          ini: { sops: secrets/app.ini, key: database.password }
                          whole: { sops: secrets/app.env }
                          blob: { sops: secrets/blob.bin }
                        configs:
                          app: { sops: secrets/app.ini }
                        """,
                        "apps/web.yaml",
                        APP + "secrets: [password, token, deep, ini, whole, blob]\nconfigs: [app]\n"),
                OPENS);
        assertThat(problems(desired)).isEmpty();
        Map.of("password", "correct-horse-7", "token", "token-two-42", "deep", "token-two-42", "ini", "correct-horse-7")
                .forEach((key, value) -> assertThat(content(desired, key)).isEqualTo(value));
        assertThat(content(desired, "whole"))
                .contains("PASSWORD=correct-horse-7\n")
                .doesNotContain("sops_");
        assertThat(desired.contents()).hasSize(7);
    }

    @Test
    void variables_come_from_encrypted_files_and_are_told_nowhere() {
        var holdfast = "vars:\n"
                + "  PASSWORD: { sops: secrets/app.env }\n"
                + "  TOKEN: { sops: secrets/db.yaml, key: 'replicas[0].token' }\n";
        var desired = DesiredReader.read(
                files(
                        holdfast,
                        "apps/web.yaml",
                        APP + "environment: { DB: 'postgres://u:${PASSWORD}@db', LEVEL: '${TOKEN}' }\n"),
                OPENS);
        assertThat(problems(desired)).isEmpty();
        assertThat(desired.apps().getFirst().app().environment())
                .containsEntry("DB", "postgres://u:correct-horse-7@db")
                .containsEntry("LEVEL", "token-one-41");
        var wrong = DesiredReader.read(
                files(
                        holdfast,
                        "apps/a.yaml",
                        "name: a\n"
                                + "image: '${TOKEN} x'\n"
                                + "replicas: ${PASSWORD}\n"
                                + "ports: ['${TOKEN}:80']\n"
                                + "stop_grace_period: '${PASSWORD}'\n"
                                + "user: ['${TOKEN}']\n",
                        "apps/b.yaml",
                        "name: '${TOKEN}!'\n"
                                + "image: b:1\n"
                                + "networks: ['${TOKEN}']\n"
                                + "configs: ['${TOKEN}']\n"
                                + "healthcheck: { test: '${TOKEN}', interval: '${TOKEN}' }\n",
                        "stacks/s.yaml",
                        "services:\n"
                                + "  x:\n"
                                + "    image: '${TOKEN} x'\n"
                                + "    ports: ['${PASSWORD}']\n"
                                + "    deploy: { replicas: '${TOKEN}' }\n"
                                + "    networks: ['${TOKEN}']\n"),
                OPENS);
        assertThat(problems(wrong)).hasSizeGreaterThan(8);
    }

    @Test
    void stack_files_have_encrypted_files_as_if_they_were_not() {
        var desired = DesiredReader.read(
                files("", "stacks/shop/compose.yaml", """
                    services:
                      web:
                        image: web:1
                        env_file: [app.env]
                        environment: { URL: "http://${QUOTED}", LINE: "${LINES}" }
                        secrets: [db, blob, one]
                        configs: [site]
                    secrets: { db: { file: db.yaml }, blob: { file: blob.bin }, one: { file: db.yaml, x-holdfast: { key: "replicas[0].token" } } }
                    configs: { site: { file: app.ini } }
                    """)
                        .with("stacks/shop/app.env", bytes("app.env"))
                        .with("stacks/shop/.env", bytes("app.env"))
                        .with("stacks/shop/db.yaml", bytes("db.yaml"))
                        .with("stacks/shop/blob.bin", bytes("blob.bin"))
                        .with("stacks/shop/app.ini", bytes("app.ini")),
                OPENS);
        assertThat(problems(desired)).isEmpty();
        assertThat(desired.apps().getFirst().app().environment())
                .containsEntry("PASSWORD", "correct-horse-7")
                .containsEntry("URL", "http://with blanks 8")
                .containsEntry("QUOTED", "\"with blanks 8\"");
        assertThat(new String(desired.contents().get("sops:stacks/shop/db.yaml#"), StandardCharsets.UTF_8))
                .contains("password: correct-horse-7");
        assertThat(content(desired, "shop/one")).isEqualTo("token-one-41");
        assertThat(desired.contents().get("sops:stacks/shop/blob.bin#"))
                .startsWith("binary".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_file_that_cannot_be_opened_holds_only_what_uses_it() {
        var holdfast = """
            vars: { P: { sops: secrets/pgp.yaml, key: password }, Q: x }
            secrets: { good: { sops: secrets/db.yaml, key: password }, bad: { sops: secrets/pgp.yaml } }
            """;
        var read = DesiredReader.read(
                files(
                                holdfast,
                                "apps/good.yaml",
                                "name: good\nimage: a:1\nsecrets: [good]\nenvironment: { A: '${Q}' }\n",
                                "apps/bad.yaml",
                                "name: bad\nimage: a:1\nsecrets: [bad]\n",
                                "apps/var.yaml",
                                "name: var\nimage: a:1\nenvironment: { A: '${P}' }\n",
                                "stacks/fine.yaml",
                                "services: { x: { image: 'a:1', environment: { PP: '${Q}' } } }\n",
                                "stacks/poor.yaml",
                                "services: { x: { image: 'a:1', environment: { P: } } }\n",
                                "stacks/worse.yaml",
                                "services: { x: { image: 'a:1', env_file: [pgp.env] } }\n")
                        .with(
                                "stacks/pgp.env",
                                new String(bytes("app.env"), StandardCharsets.UTF_8)
                                        .replace("sops_mac=ENC[AES256_GCM,data:", "sops_mac=ENC[AES256_GCM,data:AAAA")
                                        .getBytes(StandardCharsets.UTF_8)),
                OPENS);
        assertThat(read.usable()).isTrue();
        assertThat(read.complete()).isFalse();
        assertThat(read.apps()).extracting(each -> each.app().name()).containsExactlyInAnyOrder("good", "fine_x");
        assertThat(read.broken()).containsExactlyInAnyOrder("bad", "var", "poor_x", "worse_x");
        assertThat(problems(read))
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith("secrets/pgp.yaml:")
                        .contains("is encrypted for PGP 11491C4E", "no"))
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith("apps/var.yaml:3:")
                        .contains("needs the variable P, which is in secrets/pgp.yaml, and that file could not"
                                + " be opened"))
                .anySatisfy(problem ->
                        assertThat(problem).startsWith("stacks/pgp.env").contains("MAC"));
    }

    @Test
    void what_is_written_wrong_is_told_where_it_stands() {
        var desired = DesiredReader.read(files("""
            secrets:
              gone: { sops: secrets/dc.yaml }
              out: { sops: ../x }
              clear: { sops: files/clear }
              key: { sops: secrets/db.yaml, key: passwort }
              empty: { sops: secrets/db.yaml, key: empty }
              both: { sops: secrets/db.yaml, file: files/clear }
              alone: { file: files/clear, key: x }
              file: { file: secrets/db.yaml }
            vars:
              A: { sops: secrets/db.yaml }
              B: { sops: secrets/db.yaml, kay: x }
            """, "files/clear", "hunter2", "apps/web.yaml", APP), OPENS);
        assertThat(problems(desired))
                .anySatisfy(
                        one -> assertThat(one).startsWith("holdfast.yaml:2:").contains("did you mean secrets/db.yaml?"))
                .anySatisfy(
                        one -> assertThat(one).startsWith("holdfast.yaml:3:").contains("inside the repository"))
                .anySatisfy(one -> assertThat(one).startsWith("files/clear").contains("is not encrypted with SOPS"))
                .anySatisfy(one -> assertThat(one)
                        .startsWith("holdfast.yaml:5:")
                        .contains("has no key passwort; did you mean password?"))
                .anySatisfy(
                        one -> assertThat(one).startsWith("holdfast.yaml:6:").contains("is empty"))
                .anySatisfy(one ->
                        assertThat(one).startsWith("holdfast.yaml:7:").contains("one of file, sops and external"))
                .anySatisfy(
                        one -> assertThat(one).startsWith("holdfast.yaml:8:").contains("goes with sops"))
                .anySatisfy(
                        one -> assertThat(one).startsWith("holdfast.yaml:9:").contains("write sops: secrets/db.yaml"))
                .anySatisfy(
                        one -> assertThat(one).startsWith("holdfast.yaml:11:").contains("has no key A"))
                .anySatisfy(
                        one -> assertThat(one).startsWith("holdfast.yaml:12:").contains("takes a text, or sops"))
                .hasSize(10);
    }

    @Test
    void a_stack_that_asks_for_what_is_not_there_is_told() {
        var desired = DesiredReader.read(
                files("", "stacks/a.yaml", """
                    services: { x: { image: "a:1", env_file: [db.json.env], secrets: [one, two, three] } }
                    secrets:
                      one: { file: db.yaml, x-holdfast: { key: passwort } }
                      two: { file: clear, x-holdfast: { key: x } }
                      three: { file: db.yaml, x-holdfast: [] }
                    """, "stacks/clear", "hunter2")
                        .with("stacks/db.yaml", bytes("db.yaml"))
                        .with("stacks/db.json.env", bytes("db.json")),
                OPENS);
        assertThat(problems(desired))
                .anySatisfy(
                        one -> assertThat(one).startsWith("stacks/a.yaml:3:").contains("did you mean password?"))
                .anySatisfy(one ->
                        assertThat(one).startsWith("stacks/a.yaml:4:").contains("clear is not encrypted with SOPS"))
                .anySatisfy(
                        one -> assertThat(one).startsWith("stacks/a.yaml:5:").contains("takes key: NAME"))
                .anySatisfy(one -> assertThat(one).contains("is encrypted with SOPS as JSON", "NAME=value"));
        assertThat(desired.broken()).containsExactly("a_x");
    }

    @Test
    void without_a_key_only_the_form_is_checked_and_a_note_says_so() {
        var desired = DesiredReader.read(files(
                "vars: { PORT: { sops: secrets/db.yaml, key: port } }\n"
                        + "secrets: { p: { sops: secrets/db.yaml, key: password } }\n",
                "apps/web.yaml",
                APP + "secrets: [p]\nreplicas: '${PORT}'\nenvironment: { A: '${PORT}' }\n"));
        assertThat(problems(desired))
                .singleElement()
                .asString()
                .contains("secrets/db.yaml", "was not opened, since no key was given");
        assertThat(desired.complete()).isTrue();
    }
}
