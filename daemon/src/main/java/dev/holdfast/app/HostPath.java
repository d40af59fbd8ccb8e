package dev.holdfast.app;

import dev.holdfast.value.TidyPath;
import dev.holdfast.yaml.CleanPath;
import dev.holdfast.yaml.ReadAs;

/// A file, socket or directory of the host that an app only looks at: `SOURCE[:TARGET]`, always mounted read-only, no
/// data and no claim.
@ReadAs(ShortForms.OfHostPath.class)
public record HostPath(
        @CleanPath(CleanPath.Use.HOST) String source,
        @CleanPath(CleanPath.Use.TARGET) String target) {

    public HostPath {
        source = TidyPath.of(source);
        target = TidyPath.of(target);
    }
}
