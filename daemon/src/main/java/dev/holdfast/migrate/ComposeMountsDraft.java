package dev.holdfast.migrate;

import dev.holdfast.app.Directory;
import dev.holdfast.app.FileReference;
import dev.holdfast.app.HostFolders;
import dev.holdfast.app.HostPath;
import dev.holdfast.app.Scratch;
import dev.holdfast.app.StackExtension;
import dev.holdfast.app.Tmpfs;
import dev.holdfast.compose.ComposeMount;
import dev.holdfast.compose.ComposeService;
import dev.holdfast.value.TidyPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The mounts of a service of a stack, and what Holdfast is told of them.
final class ComposeMountsDraft {

    private final ComposeService service;
    private final StackExtension words;
    private final ComposeObjects objects;
    private final Draft draft;
    private final List<Imported.Note> notes;
    private final List<Tmpfs> tmpfs = new ArrayList<>();
    private final List<FileReference> configs = new ArrayList<>();

    ComposeMountsDraft(
            ComposeService service,
            StackExtension words,
            ComposeObjects objects,
            Draft draft,
            List<Imported.Note> notes) {
        this.service = service;
        this.words = words;
        this.objects = objects;
        this.draft = draft;
        this.notes = notes;
    }

    /// Returns the files that become configs.
    List<FileReference> put() {
        service.mounts().forEach(this::mount);
        draft.putAll("tmpfs", tmpfs);
        return configs;
    }

    private void note(String key, String message) {
        notes.add(new Imported.Note(draft.name(), key, message));
    }

    private void mount(ComposeMount mount) {
        switch (mount) {
            case ComposeMount.Volume volume
            when volume.volume() == null ->
                note(
                        "volumes",
                        "the volume at %s has no name, dies with its task, and is left out".formatted(mount.target()));
            case ComposeMount.Volume volume -> {
                volume(objects.volume(Objects.requireNonNull(volume.volume())), mount);
                if (volume.noCopy() || volume.subpath() != null) {
                    note("volumes", "nocopy and subpath of the volume %s are left out".formatted(volume.volume()));
                }
            }
            case ComposeMount.Bind bind -> bind(bind);
            case ComposeMount.Tmpfs memory -> {
                tmpfs.add(new Tmpfs(memory.target(), memory.sizeBytes(), null));
                if (memory.readOnly()) {
                    note("volumes", "read_only of the tmpfs at %s is left out".formatted(memory.target()));
                }
            }
            default ->
                note("volumes", "the mount at %s is left out: an app file cannot say it".formatted(mount.target()));
        }
    }

    private void volume(String name, ComposeMount mount) {
        if (words.scratch().contains(name)) {
            draft.add(new Scratch(name, null, mount.target(), mount.readOnly()));
        } else {
            draft.add(new Directory(name, null, mount.target(), mount.readOnly(), with(name, mount), false));
        }
    }

    private @Nullable String with(String source, ComposeMount mount) {
        return mount.readOnly() ? null : words.with().get(source);
    }

    private void bind(ComposeMount.Bind bind) {
        var source = TidyPath.of(bind.source());
        if (bind.propagation() != null && !bind.propagation().isEmpty()) {
            note("volumes", "the propagation %s of %s is left out".formatted(bind.propagation(), source));
        }
        if (bind.kind() == ComposeMount.PathKind.RELATIVE) {
            relative(bind);
            wordsOfRelative(source);
        } else if (words.scratch().contains(source)) {
            draft.add(new Scratch(null, source, bind.target(), bind.readOnly()));
        } else if (HostFolders.hold(source)) {
            draft.add(new HostPath(source, bind.target(), !bind.readOnly()));
            if (!bind.readOnly()) {
                note("volumes", "%s stays writable: take :rw away if the app only looks at it".formatted(source));
            }
        } else {
            var isShared = words.shared().contains(source);
            draft.add(new Directory(null, source, bind.target(), bind.readOnly(), with(source, bind), isShared));
        }
    }

    private void wordsOfRelative(String source) {
        if (words.scratch().contains(source)
                || words.shared().contains(source)
                || words.with().containsKey(source)) {
            note(
                    "x-holdfast",
                    "what x-holdfast says of %s is left out: it lies beside the Compose file, which is on no node"
                            .formatted(source));
        }
    }

    /// A file becomes a config; of a folder a person has to say where it shall be.
    private void relative(ComposeMount.Bind bind) {
        var own = objects.configOfFile(draft.name(), bind.source());
        if (own == null) {
            draft.add(new Directory(null, bind.source(), bind.target(), bind.readOnly()));
            return;
        }
        configs.add(new FileReference(own, bind.target(), null, null, null));
        note("volumes", "the file %s becomes the config %s, which the app only reads".formatted(bind.source(), own));
    }
}
