package dev.holdfast.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What engines say of registries, as they were measured (20.10 to 28.5), and what is made of it.
class FailureTest {

    private static final Logins.Found NOBODY = new Logins.Found(null, "/root/.docker/config.json", null);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "500 | Head \"https://r/v2/demo/manifests/1\": no basic auth credentials | LOGIN",
                "401 | unauthorized: authentication required | LOGIN",
                "403 | denied: requested access to the resource is denied | LOGIN",
                "404 | pull access denied for x, repository does not exist or may require docker login | LOGIN",
                "404 | manifest unknown: manifest unknown | NO_SUCH_IMAGE",
                "429 | toomanyrequests: You have reached your pull rate limit | TOO_MANY",
                "500 | toomanyrequests: You have reached your pull rate limit | TOO_MANY",
                "500 | Get \"https://r/v2/\": tls: failed to verify certificate: x509: unknown authority | CERTIFICATE",
                "500 | Get \"https://r/v2/\": http: server gave HTTP response to HTTPS client | PLAIN_HTTP",
                "500 | Get \"https://r/v2/\": dial tcp 192.0.2.1:5000: connect: connection refused | SILENT",
                "500 | Get \"https://r/v2/\": dial tcp: lookup r on 127.0.0.1:53: no such host | SILENT",
                "504 | no answer within 10 s | SILENT",
                "500 | received unexpected HTTP status: 503 Service Unavailable | BROKEN",
                "400 | invalid reference format | REFUSED",
            })
    void each_answer_of_an_engine_is_understood(int status, String message, Failure expected) {
        assertThat(Failure.of(status, message)).isEqualTo(expected);
    }

    @Test
    void each_says_what_to_do() {
        assertThat(answer(Failure.LOGIN, NOBODY))
                .isInstanceOf(Answer.Refused.class)
                .asString()
                .contains("/root/.docker/config.json has none", "docker login r.example.com", "registries");
        var known = new Logins.Found(Credential.of("u", "pw-secret"), "/etc/holdfast/pw", null);
        assertThat(answer(Failure.LOGIN, known).toString())
                .contains("does not accept the credentials of /etc/holdfast/pw")
                .doesNotContain("pw-secret");
        var trouble = new Logins.Found(null, "config.json", "docker-credential-x is not in the PATH (/bin)");
        assertThat(answer(Failure.LOGIN, trouble).toString()).contains("docker-credential-x is not in the PATH");
        assertThat(answer(Failure.CERTIFICATE, NOBODY))
                .isInstanceOf(Answer.Unknown.class)
                .asString()
                .contains("/etc/docker/certs.d/r.example.com/ca.crt on every node");
        assertThat(answer(Failure.TOO_MANY, NOBODY).toString()).contains("schedule.images");
        assertThat(answer(Failure.NO_SUCH_IMAGE, NOBODY)).isInstanceOf(Answer.Refused.class);
    }

    @Test
    void a_connection_that_differs_each_time_reads_the_same() {
        assertThat(Failure.SILENT.answer("read udp 127.0.0.1:38860->127.0.0.1:53: refused", "r.example.com", NOBODY))
                .isEqualTo(
                        Failure.SILENT.answer("read udp 127.0.0.1:4->127.0.0.1:53: refused", "r.example.com", NOBODY));
    }

    private static Answer answer(Failure failure, Logins.Found login) {
        return failure.answer("as it was said", "r.example.com", login);
    }
}
