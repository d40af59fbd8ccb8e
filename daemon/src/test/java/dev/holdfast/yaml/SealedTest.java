package dev.holdfast.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SealedTest {

    @Test
    void what_came_out_of_encrypted_files_is_in_no_text() {
        Sealed.add("korv-stroganoff-12");
        Sealed.add("\"mit blanks 88\"");
        Sealed.add("erste-zeile-1\nzweite-zeile-2\n");
        assertThat(Sealed.masked("xkorv-stroganoff-12y, mit blanks 88 and zweite-zeile-2"))
                .isEqualTo("x***y, *** and ***");
        assertThat(Secrets.text("login korv-stroganoff-12 failed")).isEqualTo("login *** failed");
    }

    @Test
    void what_is_a_word_or_a_number_anywhere_stays_in_other_texts() {
        for (var value : new String[] {"true", "8080", "no", "qwer"}) {
            Sealed.add(value, "DB_USER");
        }
        assertThat(Sealed.masked("plain: true, port 8080, no, qwer")).isEqualTo("plain: true, port 8080, no, qwer");
        Sealed.add("tyui", "DB_PASSWORD");
        Sealed.add("zx8cv", "LEVEL");
        assertThat(Sealed.masked("as tyui with zx8cv")).isEqualTo("as *** with ***");
        assertThat(Sealed.is("qwer")).isTrue();
    }
}
