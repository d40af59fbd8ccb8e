package dev.holdfast.data;

import dev.holdfast.app.Repository;
import dev.holdfast.ledger.Claim;
import dev.holdfast.live.Mount;
import dev.holdfast.survey.Survey;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where data really is, whatever it is called. Symlinks are resolved as a look has found them. A local volume whose
/// options make it a bind is the directory that it binds; of other local volumes with a device, that device counts, not
/// the name. The engine's own folder of a volume is that volume.
public final class RealPaths {

    private static final String DOCKER_ROOT = "/var/lib/docker";

    /// Of volumes that bind what is the folder of another volume.
    private static final int MAX_DEPTH = 8;

    /// What makes a volume.
    private record Driver(@Nullable String name, Map<String, String> options) {}

    private final Survey survey;
    private final Map<String, Repository.Volume> declared;

    /// @param declared volumes as the repository would make them where they are not there yet
    public RealPaths(Survey survey, Map<String, Repository.Volume> declared) {
        this.survey = survey;
        this.declared = declared;
    }

    public Survey survey() {
        return survey;
    }

    /// The same data under its real name on that node; the source itself where nothing else is known.
    public Source real(Source source, String node) {
        return source.isVolume()
                ? volume(source, driver(source.name(), node, null), node, 0)
                : path(source.name(), node, 0);
    }

    public Source real(Mount mount, String node) {
        return mount.isVolume()
                ? volume(Source.of(mount), driver(mount.source(), node, mount), node, 0)
                : path(mount.source(), node, 0);
    }

    /// Whether both reach the same data on that node, under whatever names.
    public boolean overlap(Source one, Source other, String node) {
        return one.overlaps(other) || real(one, node).overlaps(real(other, node));
    }

    /// Whether what the mount shows on that node is the source's data, or some above or below it.
    public boolean overlap(Mount mount, Source source, String node) {
        return Source.of(mount).overlaps(source) || real(mount, node).overlaps(real(source, node));
    }

    /// Whether both mounts show the same data on that node, or one shows some of the other's.
    public boolean overlap(Mount one, Mount other, String node) {
        return Source.of(one).overlaps(Source.of(other)) || real(one, node).overlaps(real(other, node));
    }

    /// The host path that a volume binds where it is made as the repository says; null where it binds none.
    public @Nullable String declaredDevice(String volume) {
        var driver = declaredDriver(volume);
        return driver == null ? null : Repository.Volume.boundTo(driver.name(), driver.options());
    }

    /// As the volume is on the node, or as it would be made there: by the mount itself, or by the repository.
    private @Nullable Driver driver(String volume, String node, @Nullable Mount mount) {
        var there = survey.node(node).map(seen -> seen.volumes().get(volume)).orElse(null);
        if (there != null) {
            return new Driver(there.driver(), there.options());
        }
        return mount == null || mount.driverOptions().isEmpty()
                ? declaredDriver(volume)
                : new Driver(mount.driver().isEmpty() ? null : mount.driver(), mount.driverOptions());
    }

    private @Nullable Driver declaredDriver(String volume) {
        var known = declared.get(volume);
        return known == null || known.shared() ? null : new Driver(known.driver(), known.driverOpts());
    }

    private Source volume(Source source, @Nullable Driver driver, String node, int depth) {
        if (driver == null) {
            return source;
        }
        var bound = Repository.Volume.boundTo(driver.name(), driver.options());
        if (bound != null) {
            return path(bound, node, depth);
        }
        var device = device(driver);
        return device == null ? source : new Source(Claim.Kind.VOLUME, device);
    }

    /// The disk or remote folder behind a local volume; null where the engine keeps its files itself.
    private static @Nullable String device(Driver driver) {
        var device = driver.options().getOrDefault("device", "");
        var type = driver.options().getOrDefault("type", "");
        if (!(driver.name() == null || driver.name().equals("local"))
                || !device.contains("/")
                || type.equals("tmpfs")
                || type.equals("overlay")) {
            return null;
        }
        return List.of(driver.options().getOrDefault("o", "").split(",")).stream()
                        .filter(option -> option.startsWith("addr="))
                        .map(option -> option.substring("addr=".length()))
                        .findFirst()
                        .orElse("")
                + device;
    }

    private Source path(String path, String node, int depth) {
        var real = resolved(path, node);
        var volume = volumeOf(real, node);
        if (volume == null || depth >= MAX_DEPTH) {
            return new Source(Claim.Kind.BIND, real);
        }
        return volume(new Source(Claim.Kind.VOLUME, volume), driver(volume, node, null), node, depth + 1);
    }

    /// With the symlinks resolved that a look has found, in the path itself or in a folder above it.
    private String resolved(String path, String node) {
        var clean = clean(path);
        var paths = survey.node(node).map(Survey.NodeSurvey::paths).orElse(Map.of());
        if (paths.isEmpty() || !clean.startsWith("/")) {
            return clean;
        }
        var itself = paths.get(path);
        if (itself != null && !itself.real().isEmpty()) {
            return itself.real();
        }
        for (var folder = clean; !folder.isEmpty(); folder = folder.substring(0, folder.lastIndexOf('/'))) {
            var seen = paths.get(folder);
            if (seen != null && !seen.real().isEmpty()) {
                return clean(seen.real() + "/" + clean.substring(folder.length()));
            }
        }
        return clean;
    }

    /// Without `//`, `.`, `..` and a `/` at its end.
    private static String clean(String path) {
        if (!path.startsWith("/") || path.indexOf('\0') >= 0) {
            return path;
        }
        return Path.of(path).normalize().toString();
    }

    /// The volume whose files are kept there, or null: `volumes/NAME/_data` below the engine's own folder. A folder
    /// above is none: tools that administer an engine mount all of its volumes.
    private @Nullable String volumeOf(String path, String node) {
        for (var root : roots(node)) {
            if (Source.isBelow(path, root)) {
                var parts = path.substring(root.length() + 1).split("/");
                if (parts.length >= 2
                        && parts[0].equals("volumes")
                        && (parts.length == 2 || parts[2].equals("_data"))) {
                    return parts[1];
                }
            }
        }
        return null;
    }

    private Set<String> roots(String node) {
        var roots = new LinkedHashSet<String>();
        survey.node(node)
                .map(Survey.NodeSurvey::dockerRoot)
                .filter(root -> root.startsWith("/"))
                .ifPresent(roots::add);
        roots.add(DOCKER_ROOT);
        return roots;
    }
}
