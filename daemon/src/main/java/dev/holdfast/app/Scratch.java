package dev.holdfast.app;

import dev.holdfast.value.TidyPath;
import dev.holdfast.yaml.CleanPath;
import dev.holdfast.yaml.Doc;
import dev.holdfast.yaml.Example;
import dev.holdfast.yaml.Keys;
import dev.holdfast.yaml.Patterns;
import dev.holdfast.yaml.ReadAs;
import dev.holdfast.yaml.Refuses;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/// A mount that is no data: each node has its own, and it may be lost at any time. It locks nothing and is no claim.
///
/// Exactly one of `volume` and `host` is given. Short form: `NAME:TARGET[:ro]`, where a source that starts with `/` is
/// a host path.
///
/// @param volume the exact name of the volume, as `docker volume ls` shows it
/// @param host an absolute, clean path, which must exist on every node that the app may use
@Doc("A mount that is no data.")
@Keys(exactlyOne = {"volume", "host"})
@ReadAs(MountForms.OfScratch.class)
@Refuses(RefusedKeys.class)
public record Scratch(
        @Pattern(
                regexp = Patterns.VOLUME_NAME,
                message = "must be a volume's name: two or more letters, digits, _, . and -")
        @Size(max = 255, message = "must have at most {max} letters")
        @Doc("The exact name of a volume that Docker manages; each node has its own.")
        @Example("cache")
        @Nullable
        String volume,

        @CleanPath(CleanPath.Use.DATA)
        @Doc("An absolute path that exists on every node that the app may use. Holdfast never creates it.")
        @Example("/var/cache/app")
        @Nullable
        String host,

        @CleanPath(CleanPath.Use.TARGET) @Doc("Where the app sees it.") @Example("/cache")
        String target,

        @Doc("The app only reads it.") boolean readOnly) {

    public Scratch {
        host = host == null ? null : TidyPath.of(host);
        target = TidyPath.of(target);
    }

    /// The volume's name or the host path.
    public String source() {
        return volume != null ? volume : host != null ? host : "";
    }
}
