package dev.holdfast.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoProxyTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*|git.example.org|443|true",
                "example.org|example.org|443|true",
                "example.org|git.example.org|443|true",
                "example.org|myexample.org|443|false",
                ".example.org|git.example.org|443|true",
                "*.example.org|git.example.org|443|true",
                "git.example.org|example.org|443|false",
                "GIT.example.org.|git.EXAMPLE.org|443|true",
                "a,git.example.org:8443 b|git.example.org|8443|true",
                "git.example.org:8443|git.example.org|443|false",
                "10.0.0.0/8|10.1.2.3|80|true",
                "10.0.0.0/8|11.1.2.3|80|false",
                "10.0.0.0/8|ten.example.org|80|false",
                "10.1.2.3|10.1.2.3|80|true",
                "10.1.2|10.1.2.3|80|false",
                "2.3|10.1.2.3|80|false",
                "::1|[::1]|80|true",
                "[::1]|[0:0:0:0:0:0:0:1]|80|true",
                "[::1]:8443|[::1]|8443|true",
                "2001:db8::/32|[2001:db8:1::7]|80|true",
                "2001:db8::/32|[2001:db9::7]|80|false",
                "localhost|localhost|80|true",
                ", ,|git.example.org|80|false",
            })
    void namesAreReadAsCurlReadsThem(String text, String host, int port, boolean excepted) {
        assertThat(new NoProxy(text).holdsFor(host, port)).isEqualTo(excepted);
    }
}
