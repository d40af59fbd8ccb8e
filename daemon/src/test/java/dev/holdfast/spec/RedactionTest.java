package dev.holdfast.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.yaml.Sealed;
import org.junit.jupiter.api.Test;

class RedactionTest {

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

    @Test
    void whatCameOutOfAnEncryptedFileIsShownUnderNoName() {
        Sealed.add("zwiebel-pudding-77");
        Sealed.add("z7");
        assertThat(Redaction.of(new FieldChange("environment.LEVEL", "zwiebel-pudding-77", "z7", true)))
                .isEqualTo(new FieldChange("environment.LEVEL", "(sensitive)", "(sensitive, changed)", true));
        assertThat(Redaction.of(new FieldChange("command", "run --level=zwiebel-pudding-77", null, true))
                        .before())
                .isEqualTo("run --level=***");
    }
}
