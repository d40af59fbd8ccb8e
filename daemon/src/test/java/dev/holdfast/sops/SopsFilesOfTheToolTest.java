package dev.holdfast.sops;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that SOPS itself has encrypted, with age and PGP, in all of its formats.
class SopsFilesOfTheToolTest {

    private static final Path FILES = Path.of("src/test/resources/sops");
    private static final Path ONE = FILES.resolve("test-only-one.age-key");
    private static final Path PGP = FILES.resolve("test-only.pgp-key.asc");
    private static final Path LOCKED = FILES.resolve("test-only-locked.pgp-key.asc");
    private static final KeyPlaces AGE = new KeyPlaces(ONE, null, null, null);

    @TempDir
    private Path folder;

    private static byte[] bytes(String file) {
        try {
            return Files.readAllBytes(FILES.resolve(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Opened open(String file, KeyPlaces keys) throws SopsFault {
        return Decryption.with(keys).open(file, bytes(file));
    }

    private static String value(Opened opened, String key) {
        return new String(opened.value(key).orElseThrow(), UTF_8);
    }

    private static void fails(String file, String content, KeyPlaces keys, int line, String... words) {
        assertThatThrownBy(() -> Decryption.with(keys).open(file, content.getBytes(UTF_8)))
                .isInstanceOfSatisfying(SopsFault.class, fault -> {
                    assertThat(fault.message()).contains(words).doesNotContain("correct-horse", "token-one");
                    assertThat(fault.place().line()).isEqualTo(line);
                });
    }

    private static int lineOf(String text, String words) {
        return (int) text.substring(0, text.indexOf(words)).lines().count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"db.yaml", "db-again.yaml", "pgp.yaml"})
    void all_types_of_yaml_come_out_as_they_went_in(String file) throws SopsFault {
        var opened = open(file, new KeyPlaces(ONE, null, PGP, null));
        assertThat(opened.format()).isEqualTo(SopsFormat.YAML);
        Map.of(
                        "password", "correct-horse-7",
                        "port", "5432",
                        "ratio", "0.25",
                        "debug", "false",
                        "started", "2026-01-02T03:04:05Z",
                        "replicas[1].token", "token-two-42",
                        "a.b", "dotted-key-9",
                        "ünicode", "grüße-aus-köln",
                        "certificate", "-----BEGIN CERTIFICATE-----\nMIIFaketest\n-----END CERTIFICATE-----\n",
                        "public_unencrypted.level", "info")
                .forEach((key, value) -> assertThat(value(opened, key)).isEqualTo(value));
        assertThat(opened.value("empty"))
                .hasValueSatisfying(value -> assertThat(value).isEmpty());
        assertThat(opened.value("replicas[2]")).isEmpty();
        assertThat(opened.value("passwor")).isEmpty();
        assertThat(value(opened, "replicas[0]")).contains("host: one.example.net", "token: token-one-41");
        assertThat(new String(opened.whole(), UTF_8))
                .startsWith("user: keeper-31\npassword: correct-horse-7\nport: 5432\n")
                .contains("debug: false\n", "text: \"010\"")
                .doesNotContain("sops:", "ENC[");
    }

    @Test
    void what_is_encrypted_again_is_the_same() throws SopsFault {
        assertThat(bytes("db-again.yaml")).isNotEqualTo(bytes("db.yaml"));
        assertThat(open("db-again.yaml", AGE).whole())
                .isEqualTo(open("db.yaml", AGE).whole());
        assertThat(open("db-changed.yaml", AGE).whole())
                .isNotEqualTo(open("db.yaml", AGE).whole());
    }

    @Test
    void json_dotenv_ini_and_binary_come_out_in_their_format() throws SopsFault {
        assertThat(new String(open("db.json", AGE).whole(), UTF_8)).isEqualTo("""
            {
            \t"user": "keeper-31",
            \t"password": "correct-horse-7",
            \t"port": 5432,
            \t"ratio": 0.25,
            \t"big": 9007199254740993,
            \t"on": true,
            \t"none": null,
            \t"empty": "",
            \t"list": [
            \t\t"token-one-41",
            \t\t{
            \t\t\t"deep": "token-two-42"
            \t\t}
            \t],
            \t"note_unencrypted": 1000
            }
            """);
        assertThat(value(open("db.json", AGE), "list[1].deep")).isEqualTo("token-two-42");
        assertThat(new String(open("app.env", AGE).whole(), UTF_8)).isEqualTo("""
            # a comment
            PASSWORD=correct-horse-7
            QUOTED="with blanks 8"
            LINES=one\\ntwo
            EMPTY=
            URL=http://url-secret-9/?a=b#c
            """);
        assertThat(value(open("app.env", AGE), "LINES")).isEqualTo("one\ntwo");
        var ini = open("app.ini", AGE);
        assertThat(value(ini, "database.password")).isEqualTo("correct-horse-7");
        assertThat(value(ini, "DEFAULT.top")).isEqualTo("level-secret-1");
        assertThat(new String(ini.whole(), UTF_8))
                .startsWith("top = level-secret-1\n\n"
                        + "[database]\n"
                        + "; about the database\n"
                        + "; its password\n"
                        + "password = correct-horse-7\n")
                .contains("spaced = \" blank \"\n", "[other]\nx_unencrypted = in the clear\n");
        assertThat(open("blob.bin", AGE).whole()).isEqualTo(new byte[] {
            'b', 'i', 'n', 'a', 'r', 'y', 0, -1, -2, ' ', 'c', 'o', 'n', 't', 'e', 'n', 't', '-', '7', '7', '\n'
        });
        assertThat(new String(open("multi.yaml", AGE).whole(), UTF_8))
                .isEqualTo("first: document-one-1\n---\nsecond: document-two-2\n");
    }

    @ParameterizedTest
    @CsvSource({
        "encrypted-regex.yaml, data.password",
        "unencrypted-regex.yaml, data.password",
        "encrypted-suffix.yaml, data.password",
        "mac-only.yaml, data.password",
        "comment-rule.yaml, password"
    })
    void all_rules_of_what_is_encrypted_are_followed(String file, String key) throws SopsFault {
        assertThat(value(open(file, AGE), key)).isEqualTo("correct-horse-7");
        assertThat(new String(open(file, AGE).whole(), UTF_8))
                .contains("in-the-clear")
                .doesNotContain("ENC[");
    }

    @Test
    void a_key_with_a_passphrase_needs_it() throws IOException, SopsFault {
        var passphrase = Files.writeString(folder.resolve("passphrase"), "open sesame\n");
        var wrong = Files.writeString(folder.resolve("wrong"), "open barley\n");
        assertThat(value(open("locked.ini", new KeyPlaces(null, null, LOCKED, passphrase)), "database.password"))
                .isEqualTo("correct-horse-7");
        var text = new String(bytes("locked.ini"), UTF_8);
        fails("locked.ini", text, new KeyPlaces(null, null, LOCKED, wrong), 0, "another passphrase than the one in");
        fails("locked.ini", text, new KeyPlaces(null, null, LOCKED, null), 0, "name it with pgp_passphrase_file");
    }

    @Test
    void groups_of_keys_need_as_many_as_they_say() throws IOException, SopsFault {
        var both = Files.writeString(
                folder.resolve("both"),
                Files.readString(ONE) + Files.readString(FILES.resolve("test-only-two.age-key")));
        for (var keys : List.of(
                new KeyPlaces(both, null, null, null),
                new KeyPlaces(FILES.resolve("test-only-two.age-key"), null, PGP, null),
                new KeyPlaces(null, Files.readString(both), null, null))) {
            assertThat(value(open("groups.yaml", keys), "password")).isEqualTo("correct-horse-7");
        }
        var text = new String(bytes("groups.yaml"), UTF_8);
        fails("groups.yaml", text, AGE, lineOf(text, "    mac:") + 1, "of 3 groups of keys 2 must open it, 1 did");
    }

    @Test
    void a_key_that_does_not_fit_or_is_none_is_told() throws IOException {
        var text = new String(bytes("db.yaml"), UTF_8);
        var mac = lineOf(text, "    mac:") + 1;
        var stranger = FILES.resolve("test-only-stranger.age-key");
        fails(
                "db.yaml",
                text,
                new KeyPlaces(stranger, null, null, null),
                mac,
                "is encrypted for age1",
                "none of the keys given opens it",
                "test-only-stranger.age-key");
        fails("db.yaml", text, KeyPlaces.NONE, mac, "no key was given", "age_key_file", "--age-key-file");
        fails("db.yaml", text, new KeyPlaces(folder.resolve("none"), null, null, null), mac, "cannot be read");
        var broken = Files.writeString(folder.resolve("broken"), "# x\nAGE-SECRET-KEY-1QQQQSECRETPART\n");
        fails("db.yaml", text, new KeyPlaces(broken, null, null, null), mac, "line 2");
        var other = Files.writeString(folder.resolve("other"), "ssh-ed25519 AAAA\n");
        fails("db.yaml", text, new KeyPlaces(other, null, null, null), mac, "AGE-SECRET-KEY-1");
        fails(
                "pgp.yaml",
                new String(bytes("pgp.yaml"), UTF_8),
                new KeyPlaces(null, null, ONE, null),
                lineOf(new String(bytes("pgp.yaml"), UTF_8), "    mac:") + 1,
                "gpg --export-secret-keys --armor");
    }

    @Test
    void keys_of_other_services_are_named() {
        var text = new String(bytes("db.json"), UTF_8)
                .replaceFirst(
                        "(?s)\"age\": \\[.*?\\n\\t\\t\\]", "\"kms\": [{\"arn\": \"arn:aws:kms:x\", \"enc\": \"AQ\"}]");
        fails("db.json", text, AGE, lineOf(text, "\"mac\""), "AWS KMS", "age and PGP");
    }

    @Test
    void whatever_was_changed_without_sops_is_found() {
        var text = new String(bytes("db.yaml"), UTF_8);
        var mac = lineOf(text, "    mac:") + 1;
        var password = text.lines()
                .filter(line -> line.startsWith("password: "))
                .findFirst()
                .orElseThrow();
        var user = text.lines()
                .filter(line -> line.startsWith("user: "))
                .findFirst()
                .orElseThrow();
        fails(
                "a.yaml",
                text.replace(password, password.replace("data:", "data:A")),
                AGE,
                3,
                "cannot be decrypted at password");
        fails(
                "a.yaml",
                text.replace(password, "password" + user.substring(4)),
                AGE,
                3,
                "cannot be decrypted at password");
        fails("a.yaml", text.replace(password, "password: hunter2"), AGE, 3, "has password in the clear");
        fails("a.yaml", text.replace(password + "\n", ""), AGE, mac - 1, "does not fit its MAC");
        fails("a.yaml", text.replace(user + "\n" + password, password + "\n" + user), AGE, mac, "does not fit its MAC");
        fails("a.yaml", text.replace("level: info", "level: debug"), AGE, mac, "does not fit its MAC");
        fails(
                "a.yaml",
                text.replaceFirst("lastmodified: \"2026", "lastmodified: \"2027"),
                AGE,
                mac,
                "lastmodified was changed");
        fails("a.yaml", text.replaceFirst("    mac: .*\n", ""), AGE, 0, "has no MAC");
    }

    @Test
    void an_expression_that_would_not_end_is_told() {
        var text = new String(bytes("encrypted-regex.yaml"), UTF_8)
                .replace("encrypted_regex: ^(data|stringData)$", "encrypted_regex: ^(a|aa)+c\\1$")
                .replace("metadata:", "a".repeat(60) + "b:");
        fails("a.yaml", text, AGE, lineOf(text, "    mac:") + 1, "takes too long");
    }

    @Test
    void a_file_that_is_not_encrypted_is_told() {
        for (var file : List.of("a.yaml", "a.json", "a.env", "a.ini", "a")) {
            fails(file, "password: hunter2\n", AGE, 0, "is not encrypted with SOPS");
        }
        fails(
                "a.yaml",
                "a: ENC[AES256_GCM,x]\nsops:\n    mac: x\n    lastmodified: \"2026-01-01T00:00:00Z\"\n",
                AGE,
                3,
                "no keys below sops");
    }

    @Test
    void without_keys_the_form_is_checked_and_values_have_stand_ins() throws SopsFault {
        var opened = Decryption.FORM_ONLY.open("db.yaml", bytes("db.yaml"));
        assertThat(value(opened, "password")).matches("encrypted-[0-9a-f]{12}");
        assertThat(value(opened, "password")).isNotEqualTo(value(opened, "user"));
        assertThat(value(opened, "public_unencrypted.level")).isEqualTo("info");
        var text = new String(bytes("db.yaml"), UTF_8).replaceFirst("password: .*", "password: hunter2");
        assertThatThrownBy(() -> Decryption.FORM_ONLY.open("a.yaml", text.getBytes(UTF_8)))
                .hasMessageContaining("in the clear");
    }

    @Test
    void an_unchanged_file_is_not_decrypted_again() throws IOException, SopsFault {
        var key = Files.copy(ONE, folder.resolve("key"));
        var decryption = Decryption.with(new KeyPlaces(key, null, null, null));
        var opened = decryption.open("db.yaml", bytes("db.yaml"));
        Files.delete(key);
        assertThat(decryption.open("db.yaml", bytes("db.yaml"))).isSameAs(opened);
    }
}
