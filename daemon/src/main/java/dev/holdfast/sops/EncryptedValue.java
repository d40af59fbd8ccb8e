package dev.holdfast.sops;

import dev.holdfast.yaml.Yaml;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// One value as SOPS writes it: `ENC[AES256_GCM,data:…,iv:…,tag:…,type:…]`.
record EncryptedValue(byte[] data, byte[] iv, byte[] tag, String type) {

    private static final Pattern FORM =
            Pattern.compile("ENC\\[AES256_GCM,data:([^,]*),iv:([^,]+),tag:([^,]+),type:([^,\\]]+)]");
    private static final int TAG_BITS = 128;

    /// Empty where the text is not one.
    static Optional<EncryptedValue> parse(String text) {
        var match = FORM.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        try {
            var base64 = Base64.getDecoder();
            return Optional.of(new EncryptedValue(
                    base64.decode(match.group(1)),
                    base64.decode(match.group(2)),
                    base64.decode(match.group(3)),
                    match.group(4)));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /// @param authenticated what must not have changed either: where in the file the value stands
    /// @throws GeneralSecurityException where key, value or place are others than they were
    byte[] open(byte[] key, String authenticated) throws GeneralSecurityException {
        if (tag.length * 8 != TAG_BITS) {
            throw new GeneralSecurityException("a tag of another length");
        }
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, iv));
        cipher.updateAAD(authenticated.getBytes(StandardCharsets.UTF_8));
        var whole = new byte[data.length + tag.length];
        System.arraycopy(data, 0, whole, 0, data.length);
        System.arraycopy(tag, 0, whole, data.length, tag.length);
        return cipher.doFinal(whole);
    }

    /// What kind of value it is; empty for one that no version of SOPS writes.
    Optional<Yaml.Kind> kind() {
        return Optional.ofNullable(
                switch (type) {
                    case "str", "bytes", "comment" -> Yaml.Kind.TEXT;
                    case "int" -> Yaml.Kind.INTEGER;
                    case "float" -> Yaml.Kind.DECIMAL;
                    case "bool" -> Yaml.Kind.BOOLEAN;
                    case "time" -> Yaml.Kind.TIME;
                    default -> null;
                });
    }
}
