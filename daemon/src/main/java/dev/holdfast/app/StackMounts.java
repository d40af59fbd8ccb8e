package dev.holdfast.app;

import dev.holdfast.compose.ComposeMount;
import dev.holdfast.compose.ComposeMount.PathKind;
import dev.holdfast.compose.ComposeService;
import dev.holdfast.compose.ComposeVolume;
import dev.holdfast.compose.StackFile;
import dev.holdfast.value.TidyPath;
import dev.holdfast.yaml.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The mounts of one service of a stack file: as they are sent, and which of them are data.
///
/// A named volume and an absolute host directory are data, which the service owns where it may write it. What lies
/// where only the host itself has its files is looked at; so is what is read-only and what nobody in the repository
/// writes.
final class StackMounts {

    private final StackFile stack;
    private final ComposeService service;
    private final StackExtension extension;
    private final Predicate<String> written;
    private final RelativeSources relative;
    private final Problems problems;

    final List<StackMount> mounts = new ArrayList<>();
    final List<Directory> directories = new ArrayList<>();
    final List<HostPath> hostPaths = new ArrayList<>();
    final List<Scratch> scratch = new ArrayList<>();
    final List<Tmpfs> tmpfs = new ArrayList<>();

    /// @param written whether some app of the repository writes that host path, or one above or below it
    StackMounts(
            StackFile stack,
            ComposeService service,
            StackExtension extension,
            Predicate<String> written,
            RelativeSources relative,
            Problems problems) {
        this.stack = stack;
        this.service = service;
        this.extension = extension;
        this.written = written;
        this.relative = relative;
        this.problems = problems;
        service.mounts().forEach(this::mount);
    }

    /// The host paths that a service writes to, its own data or not.
    static List<String> written(ComposeService service) {
        return service.mounts().stream()
                .map(mount -> mount instanceof ComposeMount.Bind bind && isData(bind) && !bind.readOnly()
                        ? TidyPath.of(bind.source())
                        : null)
                .filter(path -> path != null)
                .map(String::valueOf)
                .toList();
    }

    private static boolean isData(ComposeMount.Bind bind) {
        return bind.kind() == PathKind.ABSOLUTE && !HostFolders.hold(TidyPath.of(bind.source()));
    }

    private void mount(ComposeMount mount) {
        switch (mount) {
            case ComposeMount.Volume volume -> volume(volume);
            case ComposeMount.Bind bind -> bind(bind);
            case ComposeMount.Tmpfs memory -> {
                var options = memory.sizeBytes() == null ? null : new StackMount.TmpfsOptions(memory.sizeBytes());
                send("tmpfs", null, mount, options);
                tmpfs.add(new Tmpfs(memory.target(), memory.sizeBytes(), null));
            }
            case ComposeMount.NamedPipe pipe -> send("npipe", pipe.source(), mount, bindOptions(pipe.propagation()));
            case ComposeMount.Cluster cluster -> {
                var declared = stack.volumes().get(cluster.source());
                var source = declared == null ? cluster.source() : declared.name();
                send("cluster", source, mount, new StackMount.ClusterOptions());
            }
            case ComposeMount.Image image -> send("image", image.source(), mount, null);
        }
    }

    private void send(String type, @Nullable String source, ComposeMount mount, StackMount.@Nullable Options options) {
        mounts.add(new StackMount(type, source, mount.target(), mount.readOnly(), options));
    }

    private static StackMount.@Nullable BindOptions bindOptions(@Nullable String propagation) {
        return propagation == null ? null : new StackMount.BindOptions(propagation);
    }

    /// One that has a name, or a target that is no path, has been told of where it was read.
    private void unnamed(ComposeMount.Volume mount) {
        if (mount.volume() == null && mount.target().startsWith("/")) {
            problems.warning(
                    FileCode.UNNAMED_VOLUME,
                    mount.at(),
                    "services." + service.name() + ".volumes",
                    "%s is a volume without a name: what is written there is lost with the task; write NAME:%s, and NAME under volumes, if it is data"
                            .formatted(mount.target(), mount.target()));
        }
    }

    private void volume(ComposeMount.Volume mount) {
        var declared = mount.volume() == null ? null : stack.volumes().get(mount.volume());
        if (declared == null) {
            send("volume", null, mount, null);
            unnamed(mount);
            return;
        }
        var labels = declared.external() ? Map.<String, String>of() : declared.labels();
        var options = new StackMount.VolumeOptions(
                declared.external(), labels, mount.noCopy(), mount.subpath(), driver(declared));
        send("volume", declared.name(), mount, options);
        if (extension.scratch().contains(declared.name())) {
            scratch.add(new Scratch(declared.name(), null, mount.target(), mount.readOnly()));
        } else {
            var with = with(declared.name(), mount);
            directories.add(new Directory(declared.name(), null, mount.target(), mount.readOnly(), with, false));
        }
    }

    private static StackMount.@Nullable Driver driver(ComposeVolume declared) {
        var silent = declared.driver() == null && declared.driverOpts() == null;
        var options = declared.driverOpts() == null ? Map.<String, String>of() : declared.driverOpts();
        return declared.external() || silent ? null : new StackMount.Driver(declared.driver(), options);
    }

    private void bind(ComposeMount.Bind mount) {
        send("bind", mount.source(), mount, bindOptions(mount.propagation()));
        var path = "services." + service.name() + ".volumes";
        switch (mount.kind()) {
            case RELATIVE -> problems.error(mount.at(), path, relative.refused(mount.source(), mount.target()));
            case HOME ->
                problems.error(
                        mount.at(),
                        path,
                        "\"%s\" is the home of whoever deploys: write the absolute path on the node"
                                .formatted(mount.source()));
            case WINDOWS -> {
                // Swarm has it on Windows nodes only, where nothing is looked at.
            }
            case ABSOLUTE -> absolute(mount, TidyPath.of(mount.source()));
        }
    }

    private void absolute(ComposeMount.Bind mount, String source) {
        if ((source + "/").contains("/../")) {
            problems.error(
                    mount.at(),
                    "services." + service.name() + ".volumes",
                    "\"%s\" %s".formatted(mount.source(), TidyPath.withoutParents(source)));
            return;
        }
        var shared = extension.shared().contains(source);
        if (extension.scratch().contains(source)) {
            scratch.add(new Scratch(null, source, mount.target(), mount.readOnly()));
        } else if (HostFolders.hold(source) || mount.readOnly() && !shared && !written.test(source)) {
            hostPaths.add(new HostPath(source, mount.target(), !mount.readOnly()));
        } else {
            var with = with(source, mount);
            directories.add(new Directory(null, source, mount.target(), mount.readOnly(), with, shared));
        }
    }

    /// The app that owns it, where this one only writes it too; null where it is this one's own.
    private @Nullable String with(String source, ComposeMount mount) {
        return mount.readOnly() ? null : extension.with().get(source);
    }

    /// What a word of `x-holdfast` means: a key of the stack's volumes is that volume, anything else itself.
    static String source(StackFile stack, String word) {
        var declared = stack.volumes().get(word);
        return declared == null ? word : declared.name();
    }

    /// How `x-holdfast` may call what is mounted here; nothing where it is no volume and no path of the host.
    static List<String> words(ComposeMount mount) {
        return switch (mount) {
            case ComposeMount.Volume volume -> volume.volume() == null ? List.of() : List.of(volume.volume());
            case ComposeMount.Bind bind -> List.of(TidyPath.of(bind.source()));
            default -> List.of();
        };
    }
}
