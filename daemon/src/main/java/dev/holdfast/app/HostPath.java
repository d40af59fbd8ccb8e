package dev.holdfast.app;

import dev.holdfast.value.TidyPath;
import dev.holdfast.yaml.CleanPath;
import dev.holdfast.yaml.Doc;
import dev.holdfast.yaml.Example;
import dev.holdfast.yaml.ReadAs;
import dev.holdfast.yaml.Refuses;
import org.jspecify.annotations.Nullable;

/// A file, socket or directory of the host that an app looks at: `SOURCE[:TARGET]`; no data and no claim. Mounted
/// read-only, unless the app is there to change the host (`SOURCE:TARGET:rw`, or `writable`).
@ReadAs(MountForms.OfHostPath.class)
public record HostPath(
        @CleanPath(CleanPath.Use.HOST) String source,
        @CleanPath(CleanPath.Use.TARGET) String target,
        boolean writable) {

    public HostPath {
        source = TidyPath.of(source);
        target = TidyPath.of(target);
    }

    /// One that is only looked at.
    public HostPath(String source, String target) {
        this(source, target, false);
    }

    /// The long form, as it is written.
    @Doc("A path of the host.")
    @Refuses(RefusedKeys.class)
    record Long(
            @CleanPath(CleanPath.Use.HOST)
            @Doc("A file, socket or directory of the host.")
            @Example("/var/run/docker.sock")
            String source,

            @CleanPath(CleanPath.Use.TARGET) @Doc("Where the app sees it; the same path where absent.") @Nullable
            String target,

            @Doc("The app changes the host: not read-only, and each plan that brings it warns.")
            boolean writable) {

        HostPath path() {
            return new HostPath(source, target == null ? source : target, writable);
        }
    }
}
