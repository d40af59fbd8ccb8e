package dev.holdfast.app;

import org.jspecify.annotations.Nullable;

/// A secret or config as an app uses it.
///
/// @param source its key in `holdfast.yaml`
/// @param target file name or path in the container; null means the source's name (secrets: below `/run/secrets`,
///     configs: below `/`)
/// @param uid owner, a number as text; null means `0`
/// @param gid group, a number as text; null means `0`
/// @param mode permission bits; null means 0444
public record FileReference(
        String source, @Nullable String target, @Nullable String uid, @Nullable String gid, @Nullable Integer mode) {

    public String targetOrSource() {
        return target == null ? source : target;
    }
}
