package dev.holdfast.net;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Whose certificates are trusted: Java's own authorities, the system's, and those that somebody has named. There is no
/// way to trust everybody.
public final class Trust {

    private final Set<X509Certificate> authorities;

    private Trust(Set<X509Certificate> authorities) {
        this.authorities = authorities;
    }

    /// @param environment `SSL_CERT_FILE` and `SSL_CERT_DIR` as OpenSSL reads them
    /// @param more certificates that somebody has named
    /// @param places files and directories of which is taken what can be read
    public static Trust of(Map<String, String> environment, Collection<X509Certificate> more, Collection<Path> places) {
        var all = new LinkedHashSet<>(more);
        places.forEach(place -> all.addAll(Certificates.asFarAsReadable(place)));
        all.addAll(Certificates.ofSystem());
        for (var variable : List.of("SSL_CERT_FILE", "SSL_CERT_DIR")) {
            for (var place : environment.getOrDefault(variable, "").split(":")) {
                if (!place.isBlank()) {
                    all.addAll(Certificates.asFarAsReadable(Path.of(place)));
                }
            }
        }
        return new Trust(all);
    }

    /// @throws IOException where Java itself has no TLS
    public SSLContext context() throws IOException {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            var number = 0;
            for (var authority : authorities) {
                store.setCertificateEntry("named-" + number++, authority);
            }
            for (var authority : OfJava.AUTHORITIES) {
                store.setCertificateEntry("java-" + number++, authority);
            }
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new ExplainingTrust(manager(store))}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be used: " + e.getMessage(), e);
        }
    }

    private static X509ExtendedTrustManager manager(@Nullable KeyStore store) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509ExtendedTrustManager.class::isInstance)
                .map(X509ExtendedTrustManager.class::cast)
                .findFirst()
                .orElseThrow(() -> new GeneralSecurityException("no check of certificates"));
    }

    /// Read once: they come with Java.
    private static final class OfJava {

        static final List<X509Certificate> AUTHORITIES = read();

        private static List<X509Certificate> read() {
            try {
                return List.of(manager(null).getAcceptedIssuers());
            } catch (GeneralSecurityException none) {
                return List.of();
            }
        }
    }
}
