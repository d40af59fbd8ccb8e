package dev.holdfast.sops;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/// The formats that SOPS writes.
public enum SopsFormat {
    YAML,
    JSON,
    /// Any file: the JSON around it has nothing but its bytes.
    BINARY,
    DOTENV,
    INI;

    private static final Pattern OF_DOTENV = Pattern.compile("(?m)^sops_(?:mac|version|lastmodified) ?=");
    private static final Pattern OF_INI = Pattern.compile("(?m)^\\[sops]\\s*$");
    private static final Pattern OF_YAML = Pattern.compile("(?m)^[\"']?sops[\"']?:\\s*(?:\\{|$)");
    private static final Pattern OF_JSON = Pattern.compile("\"sops\"\\s*:\\s*\\{");
    private static final Pattern MAC = Pattern.compile("mac[\"']?(?:\\s*[:=]|_)|lastmodified[\"']?\\s*[:=]");
    private static final Pattern DATA_FIRST =
            Pattern.compile("\\s*\\{\\s*\"data\"\\s*:\\s*\"ENC\\[[^\"]*\"\\s*,\\s*\"sops\"\\s*:");

    /// By what SOPS adds to a file, whatever its name; empty for one that SOPS has not encrypted.
    public static Optional<SopsFormat> of(String path, byte[] content) {
        var text = new String(content, StandardCharsets.ISO_8859_1);
        if (!text.contains("ENC[AES256_GCM,")) {
            return Optional.empty();
        }
        if (text.stripLeading().startsWith("{")) {
            if (!OF_JSON.matcher(text).find() || !MAC.matcher(text).find()) {
                return Optional.empty();
            }
            return Optional.of(DATA_FIRST.matcher(text).lookingAt() && !path.endsWith(".json") ? BINARY : JSON);
        }
        if (OF_DOTENV.matcher(text).find()) {
            return Optional.of(DOTENV);
        }
        if (!MAC.matcher(text).find()) {
            return Optional.empty();
        }
        if (OF_INI.matcher(text).find()) {
            return Optional.of(INI);
        }
        return OF_YAML.matcher(text).find() ? Optional.of(YAML) : Optional.empty();
    }
}
