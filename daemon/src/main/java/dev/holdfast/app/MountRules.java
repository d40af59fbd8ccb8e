package dev.holdfast.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What is no claim must not be what somebody claims (rule `one-owner`): scratch and shared directories, and paths of
/// the host that an app may write.
final class MountRules {

    /// @param owner for people
    private record Claim(AppDocument owner, String source, Whereabouts where) {}

    /// @param near whether it also must not lie above what is claimed
    private record Other(
            AppDocument document,
            String path,
            @Nullable String volume,
            @Nullable String host,
            String what,
            boolean near) {}

    private final Repository repository;
    private final Map<String, List<Claim>> volumes = new LinkedHashMap<>();
    private final TreeMap<String, List<Claim>> paths = new TreeMap<>();

    private MountRules(Repository repository) {
        this.repository = repository;
    }

    static void check(List<AppDocument> documents, Repository repository) {
        var rules = new MountRules(repository);
        for (var document : documents) {
            if (document.app() != null) {
                rules.collect(document, document.app());
            }
        }
        for (var document : documents) {
            if (document.app() != null) {
                rules.check(document, document.app());
            }
        }
    }

    private void collect(AppDocument document, App app) {
        var where = Whereabouts.of(app);
        for (var directory : app.claimed(repository::isShared)) {
            var claim = new Claim(document, directory.source(), where);
            if (directory.volume() != null) {
                volumes.computeIfAbsent(directory.volume(), _ -> new ArrayList<>())
                        .add(claim);
            }
            var host = repository.hostOf(directory.host(), directory.volume());
            if (host != null && host.startsWith("/")) {
                paths.computeIfAbsent(host, _ -> new ArrayList<>()).add(claim);
            }
        }
    }

    private void check(AppDocument document, App app) {
        var where = Whereabouts.of(app);
        for (var i = 0; i < app.scratch().size(); i++) {
            var scratch = app.scratch().get(i);
            check(
                    new Other(
                            document,
                            at(document, "scratch", i),
                            scratch.volume(),
                            repository.hostOf(scratch.host(), scratch.volume()),
                            "scratch may be lost",
                            true),
                    where);
        }
        for (var i = 0; i < app.directories().size(); i++) {
            var directory = app.directories().get(i);
            if (directory.shared()) {
                var path = at(document, "persistent.directories", i);
                check(
                        new Other(document, path, null, directory.host(), "what is shared belongs to nobody", true),
                        where);
            }
        }
        for (var i = 0; i < app.hostPaths().size(); i++) {
            var path = app.hostPaths().get(i);
            if (path.writable()) {
                var other = new Other(
                        document,
                        at(document, "host_paths", i),
                        null,
                        path.source(),
                        "two apps would write it; declare it in persistent.directories (with: OWNER)",
                        false);
                check(other, where);
            }
        }
    }

    private static String at(AppDocument document, String list, int index) {
        return list + "[" + document.reading().fileIndex(list, index) + "]";
    }

    private void check(Other other, Whereabouts where) {
        var same =
                other.volume == null ? Stream.<Claim>empty() : volumes.getOrDefault(other.volume, List.of()).stream();
        var host = other.host == null || !other.host.startsWith("/")
                ? Stream.<Claim>empty()
                : near(other.host, other.near);
        Stream.concat(same, host.filter(claim -> !claim.where.isApartFrom(where)))
                .filter(claim -> other.near || claim.owner != other.document)
                .findFirst()
                .ifPresent(claim -> other.document.error(
                        other.path,
                        "\"%s\" is data of %s, and %s"
                                .formatted(
                                        claim.source,
                                        claim.owner == other.document ? "this app" : claim.owner.where(),
                                        other.what)));
    }

    /// Claims on that path, on one above and, where `below`, on one below it.
    private Stream<Claim> near(String host, boolean below) {
        var found = new ArrayList<Claim>();
        for (var path = host; !path.isEmpty(); path = path.substring(0, path.lastIndexOf('/'))) {
            found.addAll(paths.getOrDefault(path, List.of()));
        }
        if (below) {
            paths.subMap(host + "/", host + (char) ('/' + 1)).values().forEach(found::addAll);
        }
        return found.stream();
    }
}
