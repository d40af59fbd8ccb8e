package dev.holdfast.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.ledger.Claim.Kind;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Live;
import dev.holdfast.live.Mount;
import dev.holdfast.live.Node;
import dev.holdfast.live.Service;
import dev.holdfast.live.Task;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// The claims that the live services make, whatever the ledger says: a lost ledger grows back from them.
///
/// Every named volume and every writable bind is a claim. A read-only bind is one only if the service's label
/// [Labels#CLAIMS] lists it; otherwise it is a host path that the app just looks at.
public final class ClaimsOf {

    private ClaimsOf() {}

    /// What a directory is called, on whatever node.
    private record Name(Kind kind, String name) {}

    /// The claims that managed services and their tasks make now.
    ///
    /// @param shared which volumes every node sees: those are nobody's claim
    public static List<Claim> live(Live live, String cluster, Predicate<String> shared) {
        var claims = new LinkedHashSet<Claim>();
        for (var service : live.managed(cluster)) {
            var named = named(service.labels().getOrDefault(Labels.CLAIMS, ""));
            var running = live.tasksOf(service.id()).stream()
                    .filter(task -> task.mayRun() && !task.nodeId().isEmpty())
                    .toList();
            for (var node : nodes(service.lockedNode(), running)) {
                claims.addAll(claims(live, service, node, service.mounts(), named));
            }
            for (var task : running) {
                claims.addAll(claims(live, service, task.nodeId(), task.mounts(), named));
            }
        }
        claims.removeIf(claim -> claim.kind() == Kind.VOLUME && shared.test(claim.name()));
        return List.copyOf(claims);
    }

    /// The claims that a rollback of a managed service would bring back, and that it does not make now.
    public static List<Claim> previous(Live live, String cluster, Predicate<String> shared) {
        var now = new HashSet<Claim.Key>();
        live(live, cluster, shared).forEach(claim -> now.add(claim.key()));
        var claims = new LinkedHashSet<Claim>();
        for (var service : live.managed(cluster)) {
            var spec = service.previousSpec();
            if (spec == null) {
                continue;
            }
            var named = named(spec.path("Labels").path(Labels.CLAIMS).asText());
            var running = live.tasksOf(service.id()).stream()
                    .filter(task -> !task.nodeId().isEmpty())
                    .toList();
            for (var node : nodes(lockOf(spec), running)) {
                claims.addAll(claims(live, service, node, service.previousMounts(), named));
            }
        }
        claims.removeIf(claim -> claim.kind() == Kind.VOLUME && shared.test(claim.name()));
        claims.removeIf(claim -> now.contains(claim.key()));
        return List.copyOf(claims);
    }

    /// The ledger with the live claims entered. What it knows stays as it is, unless an app that it does not name has
    /// the claim now, or one has it that was given up. Merging twice changes nothing more.
    ///
    /// @param now RFC 3339: since when a claim counts as given up that only a previous spec still names
    public static Ledger merge(Ledger ledger, Live live, Predicate<String> shared, String now) {
        var entered = new ArrayList<Claim>();
        var byKey = new LinkedHashMap<Claim.Key, List<Claim>>();
        live(live, ledger.cluster(), shared)
                .forEach(claim -> byKey.computeIfAbsent(claim.key(), key -> new ArrayList<>())
                        .add(claim));
        byKey.forEach((key, claims) -> {
            var known = ledger.claim(key);
            var owner = owner(claims, known);
            if (known.isEmpty() || !saysTheSame(known.get(), owner)) {
                entered.add(owner);
            }
        });
        for (var claim : previous(live, ledger.cluster(), shared)) {
            if (ledger.claim(claim.key()).isEmpty()) {
                var commit = live.service(claim.app()).flatMap(service -> service.label(Labels.COMMIT));
                entered.add(claim.withGivenUp(new Claim.GivenUp(now, commit.orElse(null))));
            }
        }
        return entered.isEmpty() ? ledger : ledger.withClaims(entered);
    }

    /// Of several apps with one claim: the one that the ledger names, else one that writes.
    private static Claim owner(List<Claim> claims, Optional<Claim> known) {
        var writer = claims.stream().filter(claim -> !claim.readOnly()).findFirst().orElse(claims.getFirst());
        return claims.stream()
                .filter(claim -> known.isPresent() && known.get().app().equals(claim.app()))
                .findFirst()
                .orElse(writer);
    }

    private static boolean saysTheSame(Claim known, Claim live) {
        return known.givenUp() == null
                && known.app().equals(live.app())
                && known.target().equals(live.target())
                && known.readOnly() == live.readOnly();
    }

    private static List<Claim> claims(Live live, Service service, String node, List<Mount> mounts, Set<Name> named) {
        var hostname = live.node(node).map(Node::hostname).orElse("");
        var app = service.label(Labels.APP).orElse(service.name());
        var claims = new ArrayList<Claim>();
        for (var mount : mounts) {
            var kind = mount.isVolume() ? Kind.VOLUME : Kind.BIND;
            var isData = mount.isVolume()
                    || mount.isBind() && (!mount.readOnly() || named.contains(new Name(kind, mount.source())));
            if (isData) {
                claims.add(new Claim(
                        kind,
                        mount.source(),
                        node,
                        hostname,
                        app,
                        mount.target(),
                        mount.readOnly(),
                        null,
                        null));
            }
        }
        return claims;
    }

    private static Set<String> nodes(Optional<String> lock, List<Task> tasks) {
        if (lock.isPresent()) {
            return Set.of(lock.get());
        }
        var nodes = new LinkedHashSet<String>();
        tasks.forEach(task -> nodes.add(task.nodeId()));
        return nodes;
    }

    private static Optional<String> lockOf(JsonNode spec) {
        for (var constraint : spec.path("TaskTemplate").path("Placement").path("Constraints")) {
            var parts = constraint.asText().split("==", 2);
            if (parts.length == 2 && parts[0].strip().equals("node.id")) {
                return Optional.of(parts[1].strip());
            }
        }
        return Optional.empty();
    }

    /// The label's form is the planner's: `kind:name,…`, with `%` and commas of a name in percent form. What is not
    /// understood names nothing: the label only ever adds claims.
    private static Set<Name> named(String label) {
        var names = new HashSet<Name>();
        for (var entry : List.of(label.split(","))) {
            for (var kind : Kind.values()) {
                if (entry.startsWith(kind.word() + ":")) {
                    var name = entry.substring(kind.word().length() + 1);
                    names.add(new Name(kind, name.replace("%2C", ",").replace("%25", "%")));
                }
            }
        }
        return names;
    }
}
