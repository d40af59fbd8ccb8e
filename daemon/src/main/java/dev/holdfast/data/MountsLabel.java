package dev.holdfast.data;

import dev.holdfast.app.App;
import dev.holdfast.ledger.Claim;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Mount;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The service label that tells which mounts are no claims, though they can be written, such as
/// `scratch:volume:cache,shared:bind:/mnt/nas,host:bind:/run`. A label of the service, so it never restarts a task.
public record MountsLabel(SortedMap<Source, Role> roles) {

    public static final MountsLabel NONE = new MountsLabel(new TreeMap<>());

    /// What a mount is that is no claim.
    public enum Role {
        /// It may be lost at any time.
        SCRATCH,
        /// Every node sees the same.
        SHARED,
        /// The app changes the host.
        HOST;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static MountsLabel of(App app) {
        var roles = new TreeMap<Source, Role>();
        app.hostPaths().stream()
                .filter(path -> path.writable())
                .forEach(path -> roles.put(new Source(Claim.Kind.BIND, path.source()), Role.HOST));
        app.directories().stream()
                .filter(directory -> directory.shared() && directory.host() != null)
                .forEach(directory -> roles.put(Source.of(directory), Role.SHARED));
        app.scratch().forEach(scratch -> roles.put(Source.of(scratch), Role.SCRATCH));
        return new MountsLabel(roles);
    }

    /// @param labels of a service
    public static MountsLabel of(Map<String, String> labels) {
        var text = labels.get(Labels.MOUNTS);
        return text == null ? NONE : read(text);
    }

    public static MountsLabel read(String text) {
        var roles = new TreeMap<Source, Role>();
        for (var part : text.split(",")) {
            var words = part.split(":", 3);
            for (var role : Role.values()) {
                if (words.length == 3 && words[0].equals(role.word())) {
                    var kind = words[1].equals("volume") ? Claim.Kind.VOLUME : Claim.Kind.BIND;
                    roles.put(new Source(kind, ClaimsLabel.decode(words[2])), role);
                }
            }
        }
        return new MountsLabel(roles);
    }

    public String write() {
        return roles.entrySet().stream()
                .map(entry ->
                        entry.getValue().word() + ":" + entry.getKey().kind().word() + ":"
                                + ClaimsLabel.encode(entry.getKey().name()))
                .collect(Collectors.joining(","));
    }

    public boolean is(Source source, Role role) {
        return roles.get(source) == role;
    }

    public boolean has(Source source) {
        return roles.containsKey(source);
    }

    /// Whether it is a path of the host that the app changes, above that one: whoever administers a host sees all
    /// that lies on it.
    boolean isHostAbove(Mount mount, String path) {
        return is(Source.of(mount), Role.HOST) && Source.isBelow(path, mount.source());
    }
}
