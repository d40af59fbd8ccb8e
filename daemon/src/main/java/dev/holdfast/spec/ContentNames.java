package dev.holdfast.spec;

import dev.holdfast.app.Repository.ContentSource;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Names of secrets and configs that change with their content, `<source>-<12 hex>`: a changed file becomes a new
/// object, and the services that use it are rolled over to it.
///
/// A config's name is a plain hash. A secret's is keyed, since the plain hash of a weak password would give it away.
public final class ContentNames {

    private static final int HEX = 12;
    private static final int HEX_OF_OTHERS = 8;

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

    /// What tools that deploy stacks from Git call a secret or config of that content: SwarmCD
    /// `<stack>-<key>-<8 hex>`, doco-cd `<stack>_<key>_<8 hex>`, where it has no `name` with the file's name for
    /// the key.
    ///
    /// @param key in its stack file
    public static List<String> ofOtherTools(String key, ContentSource declared, byte[] data) {
        var stack = String.valueOf(
                declared.stack() == null ? null : declared.stack().stack());
        var file = String.valueOf(declared.file());
        var swarmCd = HexFormat.of().formatHex(digest("MD5", data)).substring(0, HEX_OF_OTHERS);
        var docoCd = HexFormat.of().formatHex(digest("SHA-256", data)).substring(0, HEX_OF_OTHERS);
        return List.of(
                stack + "-" + key + "-" + swarmCd,
                declared.name() + "_" + docoCd,
                stack + "_" + file.substring(file.lastIndexOf('/') + 1) + "_" + docoCd);
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
