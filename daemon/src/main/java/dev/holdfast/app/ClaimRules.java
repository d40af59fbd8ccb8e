package dev.holdfast.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Rule `one-owner`: one claim, one owner. A volume belongs to one app of the Swarm, a host path with all above and
/// below it to one app on a node; others may only read.
final class ClaimRules {

    private static final String ADVICE =
            "; one app owns it, the others may only read it (read_only: true), or say whose it is (with: OWNER)";

    /// @param with who owns it, where this app only writes it too
    /// @param order in which the claims are read
    private record Claim(
            AppDocument document,
            String path,
            String source,
            boolean readOnly,
            @Nullable String with,
            Whereabouts where,
            int order) {

        /// Whether one of them says that it writes the other's data, or both write a third one's.
        boolean isWith(Claim other) {
            return with != null && (with.equals(other.document.name()) || with.equals(other.with))
                    || other.with != null && other.with.equals(document.name());
        }

        /// An app file must say it otherwise; a stack file may be right, and waits. Beside such a one an app
        /// file is right.
        ///
        /// @param advice for an app file
        void refuse(Claim other, String message, String advice) {
            var stack = document.service();
            if (stack != null) {
                var reads = readOnly || other.readOnly;
                document.hold(
                        Breach.Kind.TWO_WRITERS,
                        message,
                        reads ? "x-holdfast: { node: … }   # the same in both, or in neither" : allow(other, stack));
            } else if (!other.document.stack()) {
                document.error(path, message + advice);
            }
        }

        /// All who write it are told the same owner: the one that is read first.
        private String allow(Claim other, StackService stack) {
            var theirs = other.document.service();
            var owns = theirs != null && order < other.order;
            var owner = owns ? this : other;
            var writer = owns ? other : this;
            var words = theirs != null && owns ? theirs : stack;
            var word = words.word(writer.source);
            return "x-holdfast: { with: { %s: %s } }   # in %s, if %s owns it and both may write; or :ro in one of them;"
                            .formatted(
                                    word,
                                    words.word(owner.document.service(), String.valueOf(owner.document.name())),
                                    owns ? "service " + writer.document.name() : "this service",
                                    owner.document.name())
                    + "\n# or, if every node sees the same, in both:\nx-holdfast: { shared: [" + word + "] }"
                    + (source.startsWith("/")
                            ? "\n# or, if they are on different nodes, in both:\nx-holdfast: { node: … }"
                            : "");
        }
    }

    private final Repository repository;
    private final Map<String, List<Claim>> volumes = new LinkedHashMap<>();
    private final Map<String, List<Claim>> paths = new LinkedHashMap<>();
    private int count;

    private ClaimRules(Repository repository) {
        this.repository = repository;
    }

    static void check(List<AppDocument> documents, Repository repository) {
        var rules = new ClaimRules(repository);
        for (var document : documents) {
            if (document.app() != null) {
                rules.collect(document, document.app());
            }
        }
        rules.volumes.values().forEach(rules::volume);
        rules.paths.values().forEach(claims -> claims.forEach(rules::path));
    }

    private void collect(AppDocument document, App app) {
        var where = Whereabouts.of(app);
        for (var i = 0; i < app.directories().size(); i++) {
            var directory = app.directories().get(i);
            var path = "persistent.directories[" + document.reading().fileIndex("persistent.directories", i) + "]";
            if (directory.isShared(repository::isShared)) {
                continue;
            }
            if (directory.volume() != null) {
                var claim = new Claim(
                        document, path, directory.volume(), directory.readOnly(), directory.with(), where, count++);
                volumes.computeIfAbsent(claim.source(), _ -> new ArrayList<>()).add(claim);
            }
            var host = repository.hostOf(directory.host(), directory.volume());
            if (host != null && host.startsWith("/")) {
                var claim = new Claim(document, path, host, directory.readOnly(), directory.with(), where, count++);
                paths.computeIfAbsent(host, _ -> new ArrayList<>()).add(claim);
            }
        }
    }

    private void volume(List<Claim> claims) {
        for (var claim : claims) {
            claims.stream()
                    .filter(other -> conflict(claim, other, true))
                    .findFirst()
                    .ifPresent(other -> {
                        var reader = claim.readOnly() || other.readOnly();
                        claim.refuse(
                                other,
                                reader
                                        ? "the volume \"%s\" is on the node of %s; readers run there, write the same node or none"
                                                .formatted(
                                                        claim.source(),
                                                        other.document().where())
                                        : "the volume \"%s\" belongs to %s too"
                                                .formatted(
                                                        claim.source(),
                                                        other.document().where()),
                                reader ? "" : ADVICE);
                    });
        }
    }

    private void path(Claim claim) {
        for (var path = claim.source(); !path.isEmpty(); path = path.substring(0, path.lastIndexOf('/'))) {
            for (var other : paths.getOrDefault(path, List.of())) {
                if (conflict(claim, other, false)) {
                    report(claim, other);
                    if (!other.source().equals(claim.source())) {
                        report(other, claim);
                    }
                    return;
                }
            }
        }
    }

    private static void report(Claim claim, Claim other) {
        var relation = other.source().equals(claim.source())
                ? "belongs to"
                : "%s \"%s\", which belongs to"
                        .formatted(
                                claim.source().startsWith(other.source() + "/") ? "lies in" : "contains",
                                other.source());
        claim.refuse(
                other,
                "the host path \"%s\" %s %s%s"
                        .formatted(
                                claim.source(),
                                relation,
                                other.document().where(),
                                other.source().equals(claim.source()) ? " too" : ""),
                ADVICE + "; if they are on different nodes, write persistent.node into both");
    }

    /// @param everywhere whether the claim is one and the same on all nodes, as a volume's name is
    private static boolean conflict(Claim one, Claim other, boolean everywhere) {
        if (one.document() == other.document() || one.isWith(other)) {
            return false;
        }
        var apart = one.where().isApartFrom(other.where());
        var bothWrite = !one.readOnly() && !other.readOnly();
        return everywhere ? bothWrite || (apart && one.readOnly() != other.readOnly()) : bothWrite && !apart;
    }
}
