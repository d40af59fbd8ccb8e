package dev.holdfast.app;

import dev.holdfast.yaml.At;
import dev.holdfast.yaml.Form;
import dev.holdfast.yaml.Patterns;
import dev.holdfast.yaml.TextForms;
import dev.holdfast.yaml.Yaml;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The name of an image. Says what is wrong with one where that can be told; the rest is for its pattern.
final class ImageForm implements Form<String> {

    private static final TextForms.Strict TEXT = new TextForms.Strict();
    private static final Pattern IMAGE = Pattern.compile(Patterns.IMAGE);
    private static final Pattern SCHEME = Pattern.compile("(?i)([a-z]{2,10}://).*");
    private static final Pattern DIGEST = Pattern.compile("[A-Za-z][A-Za-z0-9+._-]*:[0-9a-fA-F]{32,128}");

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
        var digest = image.indexOf('@');
        if (digest > 0 && !DIGEST.matcher(image.substring(digest + 1)).matches()) {
            return "its digest must be whole, such as @sha256: and 64 hexadecimal digits";
        }
        if (image.endsWith(":")) {
            return "has no tag behind the :, as when a variable is empty";
        }
        var name = digest > 0 ? image.substring(0, digest) : image;
        var slash = name.lastIndexOf('/');
        var tag = name.indexOf(':', slash + 1);
        var repository = tag < 0 ? image : image.substring(0, tag);
        var rest = image.substring(repository.length());
        var lower = repository.toLowerCase(Locale.ROOT) + rest;
        return IMAGE.matcher(lower).matches() ? "must be lower-case before its tag; write " + lower : null;
    }

    @Override
    public Map<String, Object> schema() {
        return TEXT.schema();
    }
}
