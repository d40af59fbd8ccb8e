package dev.holdfast.app;

import dev.holdfast.value.TidyPath;
import dev.holdfast.yaml.Doc;
import dev.holdfast.yaml.Example;
import dev.holdfast.yaml.NumberForms;
import dev.holdfast.yaml.ReadAs;
import dev.holdfast.yaml.Refuses;
import dev.holdfast.yaml.TextForms;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/// A secret or config as an app uses it.
///
/// @param source its key in `holdfast.yaml`
/// @param target file name or path in the container; null means the source's name (secrets: below `/run/secrets`,
///     configs: below `/`)
/// @param uid owner, a number as text; null means `0`
/// @param gid group, a number as text; null means `0`
/// @param mode permission bits; null means 0444
@Doc("A secret or config as an app uses it.")
@ReadAs(ShortForms.OfFileReference.class)
@Refuses(RefusedKeys.class)
public record FileReference(
        @Doc("Its key in holdfast.yaml.") String source,

        @Size(min = 1, message = "must not be empty")
        @Doc("File name or path in the container; the source's name where absent.")
        @Nullable
        String target,

        @ReadAs(TextForms.Id.class) @Doc("Owner of the file, a number.") @Nullable
        String uid,

        @ReadAs(TextForms.Id.class) @Doc("Group of the file, a number.") @Nullable
        String gid,

        @ReadAs(NumberForms.Mode.class) @Doc("Permission bits in octal; 0444 where absent.") @Example("0400") @Nullable
        Integer mode) {

    public FileReference {
        target = target == null ? null : target.startsWith("/") ? TidyPath.of(target) : TidyPath.below(target);
    }

    public String targetOrSource() {
        return target == null ? source : target;
    }
}
