package dev.holdfast.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DB_PASSWORD",
                "MYSQL_ROOT_PASSWD",
                "github-token",
                "AWS_SECRET_ACCESS_KEY",
                "APIKEY",
                "api_key",
                "KEY",
                "SMTP_PASS",
                "secretThing",
                "CREDENTIALS",
                "splunk-token",
                "RESTIC_PW",
                "REGISTRY_PWD",
                "traefik.http.middlewares.a.basicauth.users"
            })
    void namesThatLookSecretAre(String name) {
        assertThat(Redaction.isSensitive(name)).isTrue();
        assertThat(Redaction.value(name, "hunter2")).isEqualTo("(sensitive)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"LEVEL", "DB_PASSWORD_FILE", "KEYBOARD", "PASSENGERS", "com.docker.stack.image", "HOSTNAME"})
    void otherNamesAreNot(String name) {
        assertThat(Redaction.isSensitive(name)).isFalse();
        assertThat(Redaction.value(name, "plain")).isEqualTo("plain");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "postgres://app:hunter2@db/x?sslmode=on|postgres://app:***@db/x?sslmode=on",
                "--db-password=hunter2 --port=80|--db-password=*** --port=80",
                "[\"serve\",\"--token\",\"hunter2\",\"--port\"]|[\"serve\",\"--token\",\"***\",\"--port\"]",
                "media (Options.o=addr=nas,username=x,password=hunter2)|media"
                        + " (Options.o=addr=nas,username=x,password=***",
                "http://db:5432/|http://db:5432/",
                "the secret garden|the secret garden"
            })
    void passwordsWithinATextAreMasked(String text, String shown) {
        assertThat(Redaction.text(text)).startsWith(shown).doesNotContain("hunter2");
    }

    @Test
    void thatASecretAppearedOrWentIsShownAsSuch() {
        assertThat(Redaction.of(new FieldChange("environment.TOKEN", null, "x", true)))
                .isEqualTo(new FieldChange("environment.TOKEN", null, "(sensitive)", true));
        assertThat(Redaction.of(new FieldChange("environment.TOKEN", "x", null, true)))
                .isEqualTo(new FieldChange("environment.TOKEN", "(sensitive)", null, true));
    }

    @Test
    void namesOfSecretsAreNoSecret() {
        var change = new FieldChange("secrets[db-password]", "db-password-1", "db-password-2", true);

        assertThat(Redaction.of(change)).isEqualTo(change);
    }
}
