package dev.holdfast.app;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Apps reach each other by name in the networks that they share, and nowhere else: there is no default network as in a
/// stack of Compose, which people take for granted. None of this is an error, since nobody can know who talks to whom.
final class NetworkRules {

    private final Repository repository;
    private final Map<String, AppDocument> byName = new LinkedHashMap<>();

    /// Apps of which it has been said already.
    private final Set<String> told = new TreeSet<>();

    /// By name or alias, in which networks some app is found under it.
    private final Map<String, Set<String>> found = new HashMap<>();

    /// The key of a network that some app is in; null where none is in any.
    private @Nullable String inUse;

    private NetworkRules(List<AppDocument> documents, Repository repository) {
        this.repository = repository;
        for (var document : documents) {
            var app = document.app();
            if (app != null && document.name() != null && !document.reading().hasFailedBelow("networks")) {
                byName.putIfAbsent(document.name(), document);
                named(app).values().stream().findFirst().ifPresent(key -> inUse = inUse == null ? key : inUse);
                app.networks().forEach((key, joined) -> {
                    var network = nameInSwarm(key);
                    found.computeIfAbsent(app.name(), _ -> new TreeSet<>()).add(network);
                    joined.aliases()
                            .forEach(alias -> found.computeIfAbsent(alias, _ -> new TreeSet<>())
                                    .add(network));
                });
            }
        }
    }

    static void check(List<AppDocument> documents, Repository repository) {
        var rules = new NetworkRules(documents, repository);
        var open = rules.byName.values().stream()
                .filter(document -> document.app() != null && !isMeant(document, document.app()))
                .toList();
        open.forEach(rules::apart);
        open.forEach(rules::alone);
    }

    /// `networks: []` says that the app needs none, whatever it depends on.
    private static boolean isMeant(AppDocument document, App app) {
        return app.networks().isEmpty() && document.reading().isWritten("networks");
    }

    private void apart(AppDocument document) {
        var app = Objects.requireNonNull(document.app());
        var apart = new TreeSet<String>();
        for (var i = 0; i < app.dependsOn().size(); i++) {
            var other = app(app.dependsOn().get(i));
            if (other != null && other != app && !shareNetwork(app, other) && !meetElsewhere(app, other)) {
                var path = "depends_on[" + document.reading().fileIndex("depends_on", i) + "]";
                document.warning(FileCode.NO_SHARED_NETWORK, path, apart(app, other));
                apart.add(other.name());
            }
        }
        for (var address :
                isInForeignNetwork(app) ? List.<Addresses.Address>of() : Addresses.in(app, byName.keySet())) {
            var other = app(address.app());
            if (other != null && !findsByName(app, other.name()) && apart.add(other.name())) {
                document.warning(FileCode.NO_SHARED_NETWORK, address.path(), apart(app, other));
            }
        }
        if (!apart.isEmpty()) {
            told.add(app.name());
            told.addAll(apart);
        }
    }

    private void alone(AppDocument document) {
        var app = Objects.requireNonNull(document.app());
        if (!told.contains(app.name()) && app.networks().isEmpty() && inUse != null) {
            document.reading()
                    .warning(FileCode.IN_NO_NETWORK, document.reading().placeOf("name"), "networks", alone(app));
        }
    }

    private @Nullable App app(String name) {
        var document = byName.get(name);
        return document == null ? null : document.app();
    }

    private boolean shareNetwork(App app, App other) {
        return named(app).keySet().stream().anyMatch(named(other)::containsKey);
    }

    /// What is on the host's network has the node's address, and finds there what publishes a port. Apps that share
    /// data wait for each other for its sake.
    private boolean meetElsewhere(App app, App other) {
        var data = app.directories().stream().map(Directory::source).toList();
        return isOnHost(other)
                || isOnHost(app) && !other.ports().isEmpty()
                || other.directories().stream().map(Directory::source).anyMatch(data::contains);
    }

    private boolean isOnHost(App app) {
        return networks(app).containsKey(Repository.Network.HOST);
    }

    /// Whether some app, perhaps under an alias, has that name in a network of this one.
    private boolean findsByName(App app, String name) {
        var where = found.getOrDefault(name, Set.of());
        return named(app).keySet().stream().anyMatch(where::contains);
    }

    /// There may be others, of whom no file tells.
    private boolean isInForeignNetwork(App app) {
        return named(app).values().stream().anyMatch(key -> {
            var declared = repository.networks().get(key);
            return declared != null && declared.external();
        });
    }

    /// The networks of an app as the Swarm calls them, each with its key: two keys may name the same.
    private Map<String, String> networks(App app) {
        var names = new TreeMap<String, String>();
        app.networks().keySet().forEach(key -> names.putIfAbsent(nameInSwarm(key), key));
        return names;
    }

    private String nameInSwarm(String key) {
        var declared = repository.networks().get(key);
        return declared == null || declared.name() == null ? key : declared.name();
    }

    /// Those in which names are looked up.
    private Map<String, String> named(App app) {
        var names = networks(app);
        names.keySet().removeAll(Repository.Network.PREDEFINED);
        return names;
    }

    private String apart(App app, App other) {
        var one = app.name();
        var two = other.name();
        var mine = named(app).values();
        var theirs = named(other).values();
        var consequence = ", so %s does not find %s by name: ".formatted(one, two);
        if (isOnHost(app) && mine.isEmpty()) {
            return "%s is on the host's network, where apps have no names%spublish a port of %s, or leave that network"
                    .formatted(one, consequence, two);
        }
        if (theirs.isEmpty()) {
            return mine.isEmpty()
                    ? "%s and %s are in no network%swrite networks: [%s] into both%s"
                            .formatted(one, two, consequence, anyNetwork(), declaring())
                    : "%s is in no network%swrite networks: [%s] into its file"
                            .formatted(two, consequence, mine.iterator().next());
        }
        var all = new ArrayList<>(app.networks().keySet());
        all.add(theirs.iterator().next());
        return "%s is %s, and %s is in %s%swrite networks: [%s]"
                .formatted(
                        one,
                        mine.isEmpty() ? "in no network" : "in " + String.join(", ", mine),
                        two,
                        String.join(", ", theirs),
                        consequence,
                        String.join(", ", all));
    }

    /// Names no others: the sentence must not change with them.
    private String alone(App app) {
        return ("%s is in no network, while other apps share some: it finds none of them by name, and none finds it;"
                        + " write networks: [%s], or networks: [] if it needs none")
                .formatted(app.name(), anyNetwork());
    }

    private String declaring() {
        return repository.networks().isEmpty() ? ", and networks: { NAME: {} } into holdfast.yaml" : "";
    }

    /// A key that may stand in an example: one in use, one declared, or a word.
    private String anyNetwork() {
        return inUse != null
                ? inUse
                : repository.networks().keySet().stream()
                        .filter(key -> !Repository.Network.PREDEFINED.contains(nameInSwarm(key)))
                        .findFirst()
                        .orElse("NAME");
    }
}
