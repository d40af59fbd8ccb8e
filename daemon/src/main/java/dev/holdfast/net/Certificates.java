package dev.holdfast.net;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Certificates in files: bundles in PEM, with words between them as distributions write them, or one in DER.
public final class Certificates {

    /// The bundles of the distributions, as far as they are there.
    private static final List<Path> SYSTEM = List.of(
            Path.of("/etc/ssl/certs/ca-certificates.crt"),
            Path.of("/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"),
            Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
            Path.of("/etc/ssl/ca-bundle.pem"),
            Path.of("/etc/ssl/cert.pem"));

    private static final int MAX_BYTES = 16 << 20;
    private static final Pattern BLOCK = Pattern.compile(
            "-----BEGIN (?:X509 )?CERTIFICATE-----([A-Za-z0-9+/=\\s]+)-----END (?:X509 )?CERTIFICATE-----");

    private record Read(FileTime modified, long size, List<X509Certificate> certificates) {}

    private static final Map<Path, Read> READ = new ConcurrentHashMap<>();

    private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);

    private Certificates() {}

    /// @throws IOException where it cannot be read or holds no certificate, with a message for people
    public static List<X509Certificate> of(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new IOException("there is no such file");
        }
        if (!Files.isRegularFile(file)) {
            throw new IOException("it is no file");
        }
        var found = read(file);
        if (found.isEmpty()) {
            throw new IOException("it holds no certificate (PEM)");
        }
        return found;
    }

    /// Those of a directory, or of a file; none where there is nothing to read.
    static List<X509Certificate> asFarAsReadable(Path place) {
        var all = new ArrayList<X509Certificate>();
        try {
            if (Files.isDirectory(place)) {
                try (var files = Files.newDirectoryStream(place)) {
                    for (var file : files) {
                        if (Files.isRegularFile(file) && Files.isReadable(file)) {
                            all.addAll(read(file));
                        }
                    }
                }
            } else if (Files.isRegularFile(place) && Files.isReadable(place)) {
                all.addAll(read(place));
            }
        } catch (IOException unreadable) {
            return all;
        }
        return all;
    }

    static List<X509Certificate> ofSystem() {
        return SYSTEM.stream()
                .filter(Files::isReadable)
                .findFirst()
                .map(Certificates::asFarAsReadable)
                .orElse(List.of());
    }

    private static List<X509Certificate> read(Path file) throws IOException {
        var modified = Files.getLastModifiedTime(file);
        var size = Files.size(file);
        var known = READ.get(file);
        if (known != null && known.modified().equals(modified) && known.size() == size) {
            return known.certificates();
        }
        if (size > MAX_BYTES) {
            throw new IOException("it is larger than 16 MiB");
        }
        var found = parse(Files.readAllBytes(file));
        READ.put(file, new Read(modified, size, found));
        return found;
    }

    private static List<X509Certificate> parse(byte[] bytes) {
        var found = new ArrayList<X509Certificate>();
        var block = BLOCK.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        while (block.find()) {
            add(found, decoded(block.group(1)));
        }
        if (found.isEmpty()) {
            add(found, bytes);
        }
        return List.copyOf(found);
    }

    private static byte[] decoded(String text) {
        try {
            return Base64.getMimeDecoder().decode(text);
        } catch (IllegalArgumentException noBase64) {
            return new byte[0];
        }
    }

    /// One that cannot be read does not spoil the others of its bundle.
    private static void add(List<X509Certificate> found, byte[] der) {
        try {
            var factory = CertificateFactory.getInstance("X.509");
            if (factory.generateCertificate(new ByteArrayInputStream(der)) instanceof X509Certificate certificate) {
                found.add(certificate);
            }
        } catch (CertificateException unreadable) {
            LOG.debug("a certificate cannot be read: {}", unreadable.getMessage());
        }
    }
}
