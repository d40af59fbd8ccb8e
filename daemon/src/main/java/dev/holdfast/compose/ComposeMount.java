package dev.holdfast.compose;

import dev.holdfast.yaml.Yaml;
import org.jspecify.annotations.Nullable;

/// One entry of `volumes` of a service.
public sealed interface ComposeMount {

    Yaml.Place at();

    String target();

    boolean readOnly();

    /// How a path of the host is written.
    enum PathKind {
        /// `/srv/x`
        ABSOLUTE,
        /// `./x`: the client makes it absolute from the folder that the files are in, on the machine it runs
        /// on.
        RELATIVE,
        /// `~/x`, and no variable `HOME` tells whose.
        HOME,
        /// `C:\x`, `\\host\x`
        WINDOWS
    }

    /// A volume of the stack.
    ///
    /// @param volume its key; null for one without a name, which dies with its task
    record Volume(
            Yaml.Place at,
            @Nullable String volume,
            String target,
            boolean readOnly,
            boolean noCopy,
            @Nullable String subpath)
            implements ComposeMount {}

    /// A file or directory of the host.
    ///
    /// @param source as written, `~` filled in where `HOME` is known
    /// @param propagation null where the file has no such key; empty where it has `bind` without it
    record Bind(
            Yaml.Place at,
            String source,
            PathKind kind,
            String target,
            boolean readOnly,
            @Nullable String propagation) implements ComposeMount {}

    /// A file system in memory.
    ///
    /// @param sizeBytes null where the file has no key `tmpfs`; 0 is the engine's default
    record Tmpfs(
            Yaml.Place at,
            String target,
            boolean readOnly,
            @Nullable Long sizeBytes) implements ComposeMount {}

    /// A pipe of a Windows host.
    record NamedPipe(
            Yaml.Place at,
            String source,
            String target,
            boolean readOnly,
            @Nullable String propagation) implements ComposeMount {}

    /// A cluster volume (CSI).
    ///
    /// @param source key of a volume of the stack, or `group:NAME`
    record Cluster(Yaml.Place at, String source, String target, boolean readOnly) implements ComposeMount {}

    /// The files of an image: engines refuse it for services.
    record Image(Yaml.Place at, String source, String target, boolean readOnly) implements ComposeMount {}
}
