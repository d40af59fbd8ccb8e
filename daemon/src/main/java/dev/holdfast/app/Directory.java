package dev.holdfast.app;

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
public record Directory(@Nullable String volume, @Nullable String host, String target, boolean readOnly) {

    /// The volume's name or the host path: what a claim is called.
    public String source() {
        return volume != null ? volume : host != null ? host : "";
    }

    /// Whether this directory ties its app to one node (product rule 2).
    public boolean locks(Predicate<String> shared) {
        return !readOnly && !(volume != null && shared.test(volume));
    }
}
