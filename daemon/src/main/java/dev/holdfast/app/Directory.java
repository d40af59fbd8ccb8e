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
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One persistent directory: a managed volume or an existing directory of the host, and where the app sees it.
///
/// Exactly one of `volume` and `host` is given. Short form: `NAME:TARGET[:ro]`, where a source that starts with `/` is
/// a host path.
///
/// @param volume the exact name of the volume, as `docker volume ls` shows it
/// @param host an absolute, clean path on the node
/// @param target an absolute path in the container
/// @param with the app that owns it, where this one only writes it too; null where it is this app's own
/// @param of the app that owns it, where this one only reads it and its file says whose it is; null otherwise
/// @param shared whether every node sees the same data at that host path
@Doc("One directory that survives.")
@Keys(exactlyOne = {"volume", "host"})
@ReadAs(MountForms.OfDirectory.class)
@Refuses(RefusedKeys.class)
public record Directory(
        @Pattern(
                regexp = Patterns.VOLUME_NAME,
                message = "must be a volume's name: two or more letters, digits, _, . and -")
        @Size(max = 255, message = "must have at most {max} letters")
        @Doc("The exact name of a volume that Docker manages.")
        @Example("db-data")
        @Nullable
        String volume,

        @CleanPath(CleanPath.Use.DATA)
        @Doc("An absolute path that exists on the node. Holdfast never creates it.")
        @Example("/srv/db/backups")
        @Nullable
        String host,

        @CleanPath(CleanPath.Use.TARGET) @Doc("Where the app sees it.") @Example("/var/lib/data")
        String target,

        @Doc("The app only reads it; then another app may write it.")
        boolean readOnly,

        @Doc("The app whose data this is: this one writes it too, runs on that app's node and starts after it.")
        @Example("db")
        @Nullable
        String with,

        @Doc("The app whose data this is: this one only reads it unless read_only is false, runs on that app's"
                + " node, and waits while the data moves or changes hands.")
        @Example("db")
        @Nullable
        String of,

        @Doc("A host directory on storage that is mounted on every node: it locks the app to none. It must be a mount"
                + " point on each node that the app may use.")
        boolean shared) {

    public Directory {
        host = host == null ? null : TidyPath.of(host);
        target = TidyPath.of(target);
    }

    /// One of the app itself, on one node.
    public Directory(@Nullable String volume, @Nullable String host, String target, boolean readOnly) {
        this(volume, host, target, readOnly, null, null, false);
    }

    /// One of which nobody says whose it is that this app reads.
    public Directory(
            @Nullable String volume,
            @Nullable String host,
            String target,
            boolean readOnly,
            @Nullable String with,
            boolean shared) {
        this(volume, host, target, readOnly, with, null, shared);
    }

    /// The same, where the file has said nothing of `read_only`, or has said no: who names an owner reads, unless
    /// it says that it writes too.
    Directory read(boolean saysReadOnly) {
        return of == null || readOnly
                ? this
                : saysReadOnly
                        ? new Directory(volume, host, target, false, of, null, shared)
                        : new Directory(volume, host, target, true, null, of, shared);
    }

    /// The volume's name or the host path: what a claim is called.
    public String source() {
        return volume != null ? volume : host != null ? host : "";
    }

    /// Whether every node sees the same data there, so that it is nobody's claim.
    ///
    /// @param sharedVolumes which volumes are declared so
    public boolean isShared(Predicate<String> sharedVolumes) {
        return shared || volume != null && sharedVolumes.test(volume);
    }

    /// Whether this directory ties its app to one node (rule `one-instance`).
    public boolean locks(Predicate<String> sharedVolumes) {
        return !readOnly && !isShared(sharedVolumes);
    }
}
