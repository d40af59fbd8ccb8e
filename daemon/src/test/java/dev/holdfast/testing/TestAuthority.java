package dev.holdfast.testing;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// An authority of a company's own, and the certificates of its servers, made anew by each test.
public final class TestAuthority {

    private static final char[] PASSWORD = "changeit".toCharArray();

    private final KeyPair keys;
    private final X500Name name;
    private final X509Certificate certificate;

    private TestAuthority(KeyPair keys, X500Name name, X509Certificate certificate) {
        this.keys = keys;
        this.name = name;
        this.certificate = certificate;
    }

    public static TestAuthority named(String name) throws Exception {
        var keys = keys();
        var own = new X500Name("CN=" + name);
        var builder = new JcaX509v3CertificateBuilder(
                own, serial(), Date.from(ago(10)), Date.from(ago(-10)), own, keys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        return new TestAuthority(keys, own, signed(builder, keys));
    }

    /// Valid now.
    public SSLContext server(String... names) throws Exception {
        return server(ago(1), ago(-1), names);
    }

    /// @param names of the server; digits and dots are addresses
    public SSLContext server(Instant from, Instant until, String... names) throws Exception {
        var own = keys();
        var builder = new JcaX509v3CertificateBuilder(
                name, serial(), Date.from(from), Date.from(until), new X500Name("CN=server"), own.getPublic());
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(Arrays.stream(names)
                        .map(each -> new GeneralName(
                                each.matches("[0-9.]+") ? GeneralName.iPAddress : GeneralName.dNSName, each))
                        .toArray(GeneralName[]::new)));
        return context(own, signed(builder, keys), certificate);
    }

    /// A certificate, for servers and clients alike, and its key.
    ///
    /// @param name of the server; digits and dots are an address
    public void pemPair(Path certificateFile, Path keyFile, String name) throws Exception {
        var own = keys();
        var builder = new JcaX509v3CertificateBuilder(
                this.name,
                serial(),
                Date.from(ago(1)),
                Date.from(ago(-1)),
                new X500Name("CN=" + name),
                own.getPublic());
        var kind = name.matches("[0-9.]+") ? GeneralName.iPAddress : GeneralName.dNSName;
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName(kind, name)));
        Files.writeString(
                certificateFile, pem("CERTIFICATE", signed(builder, keys).getEncoded()));
        Files.writeString(keyFile, pem("PRIVATE KEY", own.getPrivate().getEncoded()));
    }

    private static String pem(String what, byte[] der) {
        var text = Base64.getMimeEncoder(64, "\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
    }

    /// The authority's certificate as administrators hand it out, with words before it.
    public Path pem(Path file) throws IOException {
        try {
            return Files.writeString(file, "# Our authority\n" + pem("CERTIFICATE", certificate.getEncoded()));
        } catch (java.security.cert.CertificateEncodingException e) {
            throw new IOException(e);
        }
    }

    public static Instant ago(int days) {
        return Instant.now().minus(Duration.ofDays(days));
    }

    private static SSLContext context(KeyPair keys, X509Certificate... chain) throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, PASSWORD);
        store.setKeyEntry("server", keys.getPrivate(), PASSWORD, chain);
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static X509Certificate signed(JcaX509v3CertificateBuilder builder, KeyPair keys) throws Exception {
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    private static KeyPair keys() throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private static BigInteger serial() {
        return new BigInteger(64, new SecureRandom());
    }
}
