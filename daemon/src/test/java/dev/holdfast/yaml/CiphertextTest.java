package dev.holdfast.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.app.Desired;
import dev.holdfast.app.DesiredReader;
import dev.holdfast.app.FilesInMemory;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// An app never gets ciphertext for its password, unless its file says that it is meant to.
class CiphertextTest {

    private static final String ENC = "ENC[AES256_GCM,data:3Zk=,iv:8bV0=,tag:Wq==,type:str]";

    /// What the tools themselves have written.
    private static Map<String, byte[]> encrypted() {
        var files = new LinkedHashMap<String, byte[]>();
        files.put("SOPS yaml", text("password: " + ENC + "\nsops:\n  mac: " + ENC + "\n  version: 3.9.0\n"));
        files.put("SOPS json", text("{\"p\": \"" + ENC + "\", \"sops\": {\"mac\": \"" + ENC + "\"}}"));
        files.put("SOPS dotenv", text("PASSWORD=" + ENC + "\nsops_version=3.9.0\nsops_mac=" + ENC + "\n"));
        files.put("SOPS ini", text("[db]\npassword = " + ENC + "\n\n[sops]\nmac = " + ENC + "\n"));
        files.put("SOPS binary", text("{\n\t\"data\": \"" + ENC + "\",\n\t\"sops\": {}\n}"));
        files.put("SOPS, nothing but the checksum", text("password_file: /x\nsops:\n  mac: " + ENC + "\n"));
        files.put("git-crypt", text("\0GITCRYPT\0\u0001\u0002\u0003"));
        files.put("age binary", text("age-encryption.org/v1\n-> X25519 abc\nxyz\n--- mac\n\u0001"));
        files.put(
                "age armored", text("\n-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n-----END AGE ENCRYPTED FILE-----\n"));
        files.put("ansible-vault", text("$ANSIBLE_VAULT;1.1;AES256\n6162\n"));
        files.put("ansible-vault with a label", text("$ANSIBLE_VAULT;1.2;AES256;prod\r\n6162\r\n"));
        files.put("ansible-vault value", text("user: a\npassword: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162\n"));
        files.put("PGP armored", text("-----BEGIN PGP MESSAGE-----\n\nhQEM\n-----END PGP MESSAGE-----\n"));
        files.put(
                "gpg --symmetric", HexFormat.of().parseHex("8c0d04090302" + "aa".repeat(9) + "d242" + "01".repeat(66)));
        files.put("gpg --encrypt", HexFormat.of().parseHex("85010c03" + "ab".repeat(267) + "d24201" + "01".repeat(65)));
        files.put("age for a curve", HexFormat.of().parseHex("845e03" + "ab".repeat(93) + "d24201" + "01".repeat(65)));
        files.put("new packets", HexFormat.of().parseHex("c15e03" + "ab".repeat(93) + "d24201" + "01".repeat(65)));
        files.put("openssl enc", text("Salted__\u0001\u0002\u0003\u0004"));
        files.put("transcrypt", text(Base64.getEncoder().encodeToString(text("Salted__12345678abcdefgh")) + "\n"));
        files.put("eyaml", text("password: ENC[PKCS7,MIIBeQYJKoZI]\n"));
        files.put("saltpack", text("BEGIN KEYBASE SALTPACK ENCRYPTED MESSAGE. kXR7VktZdyH7rvq v5wcIkPOwDJ\n"));
        files.put("Vault's transit", text("vault:v1:8SDd3WHDOjf7mq69CyCqYjBXAiQQAVZRkFM13ok481zoCmHnSeDX9vyf7w==\n"));
        files.put("kubeseal", text("apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nspec: {}\n"));
        files.put("ejson", text("{\"_public_key\": \"63cc\", \"db\": \"EJ[1:WGj2t4zn=:kA6e:fcHQ==]\"}"));
        files.put(
                "dotenvx",
                text("DOTENV_PUBLIC_KEY=\"03f8\"\nHELLO=\"encrypted:B" + "Nr24F4vW9CQ3".repeat(10) + "\"\n"));
        files.put("with a byte order mark", text("\u00EF\u00BB\u00BF$ANSIBLE_VAULT;1.1;AES256\n6162\n"));
        return files;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @TestFactory
    Stream<DynamicTest> no_secret_or_config_is_made_of_a_file_that_is_encrypted() {
        return encrypted().entrySet().stream()
                .map(file -> DynamicTest.dynamicTest(file.getKey(), () -> {
                    for (var key : List.of("secrets", "configs")) {
                        var told = read(key, file.getValue(), "");
                        assertThat(told.problems())
                                .singleElement()
                                .extracting(Problem::toString)
                                .asString()
                                .startsWith("holdfast.yaml:1:" + (key.length() + 16))
                                .contains(key + ".db.file: the file files/db is encrypted with ")
                                .contains("plain: true");
                        assertThat(told.usable()).isFalse();
                        assertThat(told.contents()).isEmpty();
                        var meant = read(key, file.getValue(), ", plain: true");
                        assertThat(meant.problems()).isEmpty();
                        assertThat(meant.contents()).containsOnlyKeys("files/db");
                    }
                }));
    }

    private static Desired read(String key, byte[] content, String more) {
        var holdfast = "{" + key + ": {db: {file: files/db" + more + "}}}\n";
        return DesiredReader.read(FilesInMemory.of("holdfast.yaml", holdfast, "apps/a.yaml", "name: a\nimage: a:1\n")
                .with("files/db", content));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hunter4",
                "ENC",
                "ENC(jasypt decrypts it itself)",
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIF\n-----END ENCRYPTED PRIVATE KEY-----\n",
                "-----BEGIN PGP PUBLIC KEY BLOCK-----\nmQEN\n",
                "-----BEGIN CERTIFICATE-----\nMIIF\n",
                "AGE-SECRET-KEY-1QQQ",
                "password: {vault: v1}\n",
                "# sops: see the wiki\nsops: none\n",
                "U2FsdGVkX1",
                "disk: encrypted:BitLocker",
                "PROJ[1:2]"
            })
    void what_is_not_encrypted_is_not_called_so(String content) {
        assertThat(Ciphertext.of(text(content))).isEmpty();
    }

    @Test
    void random_keys_are_not_taken_for_messages() {
        var random = new Random(7);
        for (var i = 0; i < 200_000; i++) {
            var bytes = new byte[1 + random.nextInt(96)];
            random.nextBytes(bytes);
            assertThat(Ciphertext.of(bytes)).isEmpty();
        }
    }

    @Test
    void no_value_of_an_app_or_of_holdfast_yaml_is_ciphertext() {
        var holdfast = "vars:\n  A: " + ENC + "\ndefaults:\n  labels: {b: '" + ENC + "'}\n";
        var app = "name: a\nimage: a:1\nenvironment:\n  DB_PASSWORD: " + ENC + "\n  URL: postgres://u:" + ENC + "@db\n"
                + "  KEY: |\n    $ANSIBLE_VAULT;1.1;AES256\n    6162\ncommand: [run, --token, '" + ENC + "']\n";
        var desired = DesiredReader.read(FilesInMemory.of("holdfast.yaml", holdfast, "apps/a.yaml", app));
        assertThat(desired.problems())
                .extracting(problem -> problem.file() + ":" + problem.line() + " " + problem.path())
                .containsExactly(
                        "holdfast.yaml:2 vars.A",
                        "holdfast.yaml:4 defaults.labels.b",
                        "apps/a.yaml:4 environment.DB_PASSWORD",
                        "apps/a.yaml:5 environment.URL",
                        "apps/a.yaml:6 environment.KEY",
                        "apps/a.yaml:9 command[2]");
        assertThat(desired.problems())
                .allSatisfy(problem -> assertThat(problem.message()).contains("is encrypted with"));
        assertThat(desired.broken()).containsExactly("a");
    }

    @Test
    void a_file_that_is_encrypted_as_a_whole_is_one_problem() {
        var sops = "name: a\nimage: " + ENC + "\nreplicas: " + ENC + "\nsops:\n  mac: " + ENC + "\n";
        var desired = DesiredReader.read(FilesInMemory.of("apps/a.yaml", sops));
        assertThat(desired.problems())
                .singleElement()
                .extracting(Problem::toString)
                .asString()
                .contains("apps/a.yaml:5:3: is encrypted with SOPS");
        assertThat(desired.broken()).containsExactly("a");
        for (var file : List.of("git-crypt", "age binary", "ansible-vault", "PGP armored", "gpg --encrypt")) {
            var bytes = encrypted().get(file);
            for (var path : List.of("apps/a.yaml", "holdfast.yaml")) {
                var whole = DesiredReader.read(
                        FilesInMemory.of("apps/b.yaml", "name: b\nimage: b:1\n").with(path, bytes));
                assertThat(whole.problems())
                        .as(file + " as " + path)
                        .singleElement()
                        .extracting(Problem::message)
                        .asString()
                        .startsWith("is encrypted with ");
            }
        }
    }
}
