package dev.holdfast.app;

import dev.holdfast.value.ImageReference;
import dev.holdfast.yaml.At;
import dev.holdfast.yaml.Form;
import dev.holdfast.yaml.TextForms;
import dev.holdfast.yaml.Yaml;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The name of an image. Says what is wrong with one where that can be told; the rest is for its pattern.
final class ImageForm implements Form<String> {

    private static final TextForms.Strict TEXT = new TextForms.Strict();
    private static final Pattern IMAGE = Pattern.compile(ImageReference.PATTERN);
    private static final Pattern SCHEME = Pattern.compile("(?i)([a-z]{2,10}://).*");
    private static final Pattern DIGEST = Pattern.compile(ImageReference.DIGEST);

    @Override
    public @Nullable String read(Yaml node, At at) {
        var image = TEXT.read(node, at);
        var fault = image == null || at.reading().isUnfilled(at.path()) ? null : fault(image);
        return fault == null ? image : at.wrongValue(node, fault);
    }

    private static @Nullable String fault(String image) {
        if (image.length() > 500 || IMAGE.matcher(image).matches()) {
            return null;
        }
        var scheme = SCHEME.matcher(image);
        if (scheme.matches()) {
            return "an image has no scheme; remove " + scheme.group(1);
        }
        var parts = ImageReference.of(image);
        if (!parts.name().isEmpty()
                && image.contains("@")
                && !DIGEST.matcher(parts.digest()).matches()) {
            return "its digest must be whole, such as @sha256: and 64 hexadecimal digits";
        }
        if (image.endsWith(":")) {
            return "has no tag behind the :, as when a variable is empty";
        }
        var name = parts.name();
        var lower = name.toLowerCase(Locale.ROOT) + image.substring(name.length());
        return IMAGE.matcher(lower).matches() ? "must be lower-case before its tag; write " + lower : null;
    }

    @Override
    public Map<String, Object> schema() {
        return TEXT.schema();
    }
}
