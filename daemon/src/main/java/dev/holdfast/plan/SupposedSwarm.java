package dev.holdfast.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.app.App;
import dev.holdfast.app.Desired;
import dev.holdfast.app.Desired.DeclaredApp;
import dev.holdfast.app.Persistent;
import dev.holdfast.app.Repository;
import dev.holdfast.data.Source;
import dev.holdfast.engine.EngineVersion;
import dev.holdfast.ledger.Ledger;
import dev.holdfast.live.Content;
import dev.holdfast.live.Live;
import dev.holdfast.live.Network;
import dev.holdfast.live.Node;
import dev.holdfast.live.Service;
import dev.holdfast.live.Task;
import dev.holdfast.placement.Demand;
import dev.holdfast.plan.Change.CreateContent;
import dev.holdfast.plan.Change.CreateNetwork;
import dev.holdfast.plan.Change.CreateService;
import dev.holdfast.plan.Change.RemoveContent;
import dev.holdfast.plan.Change.RemoveNetwork;
import dev.holdfast.plan.Change.RemoveService;
import dev.holdfast.plan.Change.ScaleService;
import dev.holdfast.plan.Change.UpdateService;
import dev.holdfast.plan.Situation.Choices;
import dev.holdfast.spec.HookSpec;
import dev.holdfast.spec.Specs;
import dev.holdfast.survey.Survey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A Swarm that nobody has seen, supposed to be just as a commit says: against it the next commit can be planned
/// offline, by the very planner that plans against a real one.
///
/// It has the nodes that the files name, and one more for whatever no file fixes; whatever is external is there. Drift,
/// disks and what earlier commits left behind are not known.
public final class SupposedSwarm {

    /// Reads as a node's name in sentences: "db-data stays on its node".
    public static final String SOMEWHERE = "its node";

    private static final Pattern NODE_ID = Pattern.compile("[a-z0-9]{25}");
    private static final EngineVersion NEWEST = new EngineVersion("supposed", "1.51");

    private final Desired base;
    private final Desired head;
    private final String now;
    private final String nameKey;
    private final Node somewhere = node(SOMEWHERE);

    private SupposedSwarm(Desired base, Desired head, String now, String nameKey) {
        this.base = base;
        this.head = head;
        this.now = now;
        this.nameKey = nameKey;
    }

    /// The situation in which `head` is planned where `base` was applied, and nothing else ever happened.
    ///
    /// @param now RFC 3339, UTC
    /// @param nameKey goes into the names of secrets, and must be one that nobody knows: the plan is read by
    ///     everybody, and a name must not let them try guesses at a weak password
    public static Situation after(
            Desired base, String baseCommit, Desired head, String headCommit, String now, String nameKey) {
        return new SupposedSwarm(base, head, now, nameKey).after(baseCommit, headCommit);
    }

    private Situation after(String baseCommit, String headCommit) {
        var bare = new Live(
                "supposed",
                NEWEST,
                nodes(),
                List.of(),
                List.of(),
                externalNetworks(),
                externals(Repository::secrets),
                externals(Repository::configs));
        var nothing = Ledger.empty(base.repository().cluster(), nameKey);
        var first = situation(base, baseCommit, bare, nothing);
        var made = applied(first, Planner.plan(first));
        return situation(head, headCommit, made.live(), made.ledger().withApplied(null, null, baseCommit));
    }

    /// The situation after a plan was applied, and nothing went wrong.
    public static Situation applied(Situation before, Plan plan) {
        var live = before.live();
        var networks = new ArrayList<>(live.networks());
        var secrets = new ArrayList<>(live.secrets());
        var configs = new ArrayList<>(live.configs());
        var services = new TreeMap<String, Service>();
        live.services().forEach(service -> services.put(service.name(), service));
        for (var change : plan.changes()) {
            switch (change) {
                case CreateNetwork made -> networks.add(network(made.name(), made.body()));
                case RemoveNetwork gone ->
                    networks.removeIf(network -> network.name().equals(gone.name()));
                case CreateContent made -> (made.kind() == Change.Kind.SECRET ? secrets : configs).add(content(made));
                case RemoveContent gone ->
                    (gone.kind() == Change.Kind.SECRET ? secrets : configs)
                            .removeIf(content -> content.name().equals(gone.name()));
                case CreateService made -> services.put(made.app(), service(made.app(), made.spec()));
                case UpdateService changed -> services.put(changed.app(), service(changed.app(), changed.spec()));
                case ScaleService changed -> services.put(changed.app(), service(changed.app(), changed.spec()));
                case RemoveService gone -> services.remove(gone.app());
            }
        }
        var then = new Live(
                live.swarmId(),
                live.version(),
                live.nodes(),
                List.copyOf(services.values()),
                tasksOfOthers(live, plan),
                networks,
                secrets,
                configs);
        return before.with(then, plan.ledger());
    }

    /// Those of services that the plan leaves as they are: all others start anew, or end.
    private static List<Task> tasksOfOthers(Live live, Plan plan) {
        var touched = plan.changes().stream()
                .filter(change -> change.kind() == Change.Kind.SERVICE)
                .flatMap(change -> live.service(change.name()).stream())
                .map(Service::id)
                .collect(Collectors.toSet());
        return live.tasks().stream()
                .filter(task -> !touched.contains(task.serviceId()))
                .toList();
    }

    private Situation situation(Desired desired, String commit, Live live, Ledger ledger) {
        var before = base.repository().cluster();
        return new Situation(
                desired,
                commit,
                true,
                live,
                ledger,
                Survey.NONE,
                false,
                ImageKnowledge.NONE,
                Choices.NONE,
                now,
                base.usable() && !before.equals(desired.repository().cluster()) ? before : null,
                new Supposition(this::whereItIs, named(base)));
    }

    /// An app that `base` leaves open is most likely where `head` pins it, or where that says it comes from; and a
    /// reader is where the app is that writes what it reads.
    private Node whereItIs(App app) {
        return pinned(app)
                .or(() -> Stream.of(base, head)
                        .flatMap(desired -> writers(desired, app))
                        .flatMap(writer -> pinned(writer).stream())
                        .findFirst())
                .map(SupposedSwarm::node)
                .orElse(somewhere);
    }

    private Optional<String> pinned(App app) {
        return persistent(head, app.name())
                .map(later -> later.leaveDataOn() == null ? later.node() : later.leaveDataOn())
                .or(() -> persistent(base, app.name()).map(Persistent::node));
    }

    private static Stream<App> writers(Desired desired, App app) {
        var sources = app.directories().stream().map(Source::of).collect(Collectors.toSet());
        return desired.apps().stream()
                .map(DeclaredApp::app)
                .filter(other -> !other.name().equals(app.name())
                        && other.directories().stream()
                                .anyMatch(
                                        directory -> !directory.readOnly() && sources.contains(Source.of(directory))));
    }

    private static Optional<Persistent> persistent(Desired desired, String app) {
        return desired.apps().stream()
                .map(DeclaredApp::app)
                .filter(declared -> declared.name().equals(app))
                .findFirst()
                .map(App::persistent);
    }

    private List<Node> nodes() {
        var names = named(base);
        names.addAll(named(head));
        var nodes = new ArrayList<>(names.stream().map(SupposedSwarm::node).toList());
        nodes.add(somewhere);
        return nodes;
    }

    /// The nodes that the files name, by whatever name.
    static TreeSet<String> named(Desired desired) {
        var names = new TreeSet<String>(String.CASE_INSENSITIVE_ORDER);
        desired.apps().stream()
                .map(declared -> declared.app().persistent())
                .filter(persistent -> persistent != null)
                .flatMap(persistent -> Stream.of(
                        Optional.ofNullable(persistent.node()), Optional.ofNullable(persistent.leaveDataOn())))
                .flatMap(Optional::stream)
                .forEach(names::add);
        desired.apps()
                .forEach(declared -> Demand.hostname(
                                declared.app().deploy().placement().constraints())
                        .ifPresent(names::add));
        return names;
    }

    /// Whether a constraint can be judged of that node by what the files call it.
    static boolean isJudged(String constraint, Node node) {
        return constraint.strip().startsWith("node.hostname")
                && !node.hostname().equals(SOMEWHERE)
                && !NODE_ID.matcher(node.hostname()).matches();
    }

    private static Node node(String name) {
        return new Node(name, name, "ready", "active", "worker", false, Map.of(), Map.of(), "linux", "x86_64", "");
    }

    private List<Network> externalNetworks() {
        var found = new TreeMap<String, Network>();
        for (var desired : List.of(base, head)) {
            desired.repository().networks().forEach((key, declared) -> {
                var name = declared.name() == null ? key : declared.name();
                if (declared.external()) {
                    found.put(name, network(name, Specs.object().put("Driver", "overlay")));
                }
            });
        }
        return List.copyOf(found.values());
    }

    private List<Content> externals(
            java.util.function.Function<Repository, Map<String, Repository.ContentSource>> which) {
        var found = new TreeMap<String, Content>();
        for (var desired : List.of(base, head)) {
            which.apply(desired.repository()).forEach((key, source) -> {
                var name = source.name() == null ? key : source.name();
                if (source.external()) {
                    found.put(name, content(name, Specs.object()));
                }
            });
        }
        return List.copyOf(found.values());
    }

    /// As the engine lists what it was asked to make.
    private static Network network(String name, ObjectNode body) {
        return Network.of(body.deepCopy().put("Id", name).put("Name", name).put("Scope", "swarm"));
    }

    private static Content content(CreateContent made) {
        var data = made.kind() == Change.Kind.CONFIG ? Base64.getEncoder().encodeToString(made.data()) : null;
        var labels = content(made.name(), made.labels()).labels();
        return new Content(made.name(), made.name(), labels, data);
    }

    private static Content content(String name, ObjectNode labels) {
        var json = Specs.object().put("ID", name);
        json.putObject("Spec").put("Name", name).set("Labels", labels);
        return Content.of(json);
    }

    private static Service service(String name, ObjectNode spec) {
        var json = Specs.object().put("ID", name);
        json.putObject("Version").put("Index", 1);
        var done = spec.deepCopy();
        HookSpec.change(spec).ifPresent(change -> HookSpec.markDone(done, change));
        json.set("Spec", done);
        return Service.of(json);
    }
}
