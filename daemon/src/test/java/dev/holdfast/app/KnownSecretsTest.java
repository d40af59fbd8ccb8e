package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a failing program says is shown, but never a secret of the repository, in whatever words it stands.
class KnownSecretsTest {

    private static final KnownSecrets SECRETS = KnownSecrets.of(DesiredReader.read(FilesInMemory.of(
            "holdfast.yaml",
            "secrets: { one: { file: files/one }, env: { file: files/env }, json: { file: files/json } }",
            "files/one",
            "tr0ub4dor&3\n",
            "files/env",
            "# comment of the file\nLEVEL=debugging\nexport SMTP_PASSWORD=\"correct horse\"\nAPI_KEY: battery9\n",
            "files/json",
            "{\n  \"password\": \"staple77\",\n  \"level\": \"verbose\"\n}\n",
            "apps/a.yaml",
            """
            name: a
            image: x
            environment: { DB_PW: "s3cr$$t", ROOT_PW: abc, PIN: "4711", LEVEL: chatty, DB_PASSWORD_FILE: /run/secrets/one }
            """)));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "password tr0ub4dor&3 refused              | password *** refused",
                "xtr0ub4dor&3x                             | x***x",
                "cannot log in with s3cr$t                 | cannot log in with ***",
                "login correct horse at smtp               | login *** at smtp",
                "key battery9, staple77                    | key ***, ***",
                "pin 4711 of 14711 in 47110                | pin *** of 14711 in 47110",
                "level debugging, chatty, verbose, abc     | level debugging, chatty, verbose, abc",
                "no file /run/secrets/one                  | no file /run/secrets/one",
            })
    void a_value_is_masked_wherever_it_stands(String said, String shown) {
        assertThat(SECRETS.masked(said)).isEqualTo(shown);
    }

    @Test
    void without_secrets_nothing_changes() {
        var none = KnownSecrets.of(
                DesiredReader.read(FilesInMemory.of("apps/a.yaml", "name: a\nimage: x\nenvironment: { A: b }\n")));
        assertThat(none.masked("a b c")).isEqualTo("a b c");
    }
}
