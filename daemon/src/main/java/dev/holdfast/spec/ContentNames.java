package dev.holdfast.spec;

import dev.holdfast.app.Repository.ContentSource;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Names of secrets and configs that change with their content, `<source>-<12 hex>`: a changed file becomes a new
/// object, and the services that use it are rolled over to it.
///
/// A config's name is a plain hash. A secret's is keyed, since the plain hash of a weak password would give it away.
public final class ContentNames {

    private static final int HEX = 12;

    /// The engine allows 64 letters: so many are left for the source.
    private static final int SOURCE = 51;

    private ContentNames() {}

    public static String config(String source, ContentSource declared, byte[] data) {
        return shortened(source) + "-" + shorten(digest("SHA-256", salted(declared, data)));
    }

    /// @param nameKey the ledger's key, in Base64
    public static String secret(String source, ContentSource declared, byte[] data, String nameKey) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(nameKey), "HmacSHA256"));
            return shortened(source) + "-" + shorten(mac.doFinal(salted(declared, data)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every JDK", e);
        }
    }

    private static byte[] salted(ContentSource declared, byte[] data) {
        if (declared.templateDriver() == null) {
            return data;
        }
        var suffix = ("\0template_driver=" + declared.templateDriver()).getBytes(StandardCharsets.UTF_8);
        var all = java.util.Arrays.copyOf(data, data.length + suffix.length);
        System.arraycopy(suffix, 0, all, data.length, suffix.length);
        return all;
    }

    private static byte[] digest(String algorithm, byte[] data) {
        try {
            return MessageDigest.getInstance(algorithm).digest(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(algorithm + " is part of every JDK", e);
        }
    }

    private static String shortened(String source) {
        return source.length() <= SOURCE ? source : source.substring(0, SOURCE);
    }

    private static String shorten(byte[] hash) {
        return HexFormat.of().formatHex(hash).substring(0, HEX);
    }
}
