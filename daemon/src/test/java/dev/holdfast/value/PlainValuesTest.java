package dev.holdfast.value;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainValuesTest {

    @ParameterizedTest
    @CsvSource({
        "nginx,nginx:latest",
        "nginx@sha256:aa,nginx:latest",
        "docker.io/library/nginx:1,nginx:1",
        "index.docker.io/team/app,team/app:latest",
        "registry:5000/app,registry:5000/app:latest",
        "registry:5000/app:2@sha256:aa,registry:5000/app:2"
    })
    void images_have_one_name(String given, String name) {
        assertThat(ImageReference.of(given).familiar()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "nginx,nginx,'',''",
        "nginx:1,nginx,1,''",
        "nginx@sha256:aa,nginx,'',sha256:aa",
        "registry:5000/app,registry:5000/app,'',''",
        "registry:5000/app:2@sha512:aa,registry:5000/app,2,sha512:aa",
        "[::1]:5000/app:2,[::1]:5000/app,2,''"
    })
    void an_image_is_taken_apart_and_put_together_again(String text, String name, String tag, String digest) {
        var image = ImageReference.of(text);

        assertThat(image).isEqualTo(new ImageReference(name, tag, digest)).hasToString(text);
        assertThat(image.isPinned()).isEqualTo(!digest.isEmpty());
        assertThat(image.withDigest("sha256:bb").withoutDigest())
                .isEqualTo(image.withoutDigest())
                .hasToString(name + (tag.isEmpty() ? "" : ":" + tag));
    }

    /// Seen from a client of 28.5: it sends no name as it is written.
    @ParameterizedTest
    @CsvSource({
        "nginx,nginx:latest",
        "docker.io/library/nginx,nginx:latest",
        "docker.io/team/app:1,team/app:1",
        "docker.io/library/nginx@sha256:aa,nginx@sha256:aa",
        "library/nginx:1@sha256:aa,nginx:1@sha256:aa",
        "localhost:5000/library/x,localhost:5000/library/x:latest"
    })
    void an_image_is_sent_in_the_words_of_the_client(String text, String sent) {
        assertThat(ImageReference.of(text).asSent()).hasToString(sent);
    }

    @ParameterizedTest
    @CsvSource({"0,0s", "10000000000,10s", "90500000000,1m30s500ms", "7200000000000,2h", "-1000000000,-1s", "1,1ns"})
    void durations_read_as_in_app_files(long nanos, String text) {
        assertThat(Durations.text(nanos)).isEqualTo(text);
        if (nanos >= 0) {
            assertThat(Durations.parse(text))
                    .hasValueSatisfying(back -> assertThat(back).isEqualTo(java.time.Duration.ofNanos(nanos)));
        }
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1000,1000", "4194304,4M", "1024,1K", "536870912,512M", "1073741824,1G", "1099511627776,1T"})
    void sizes_read_as_in_app_files(long bytes, String text) {
        assertThat(new ByteSize(bytes).exact()).isEqualTo(text);
        assertThat(ByteSize.parse(text)).contains(new ByteSize(bytes));
    }

    @ParameterizedTest
    @CsvSource({
        "850,850 B,850 B",
        "1000,1.0 kB,1000 B",
        "1536,1.5 kB,1.5 KiB",
        "999950,1.0 MB,976.5 KiB",
        "536870912,536.9 MB,512 MiB",
        "2199023255551,2.2 TB,1.9 TiB"
    })
    void of_disks_they_are_rounded_and_of_what_is_left_they_are_cut(long bytes, String rounded, String cut) {
        assertThat(new ByteSize(bytes).rounded()).isEqualTo(rounded);
        assertThat(new ByteSize(bytes).cut()).isEqualTo(cut);
    }

    @ParameterizedTest
    @CsvSource({"/,/", "/v/,/v", "//v//w,/v/w", "/v,/v", "/./v/.,/v", "v/,v/"})
    void paths_have_one_spelling(String given, String path) {
        assertThat(TidyPath.of(given)).isEqualTo(path);
    }
}
