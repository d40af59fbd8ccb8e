package dev.holdfast.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.app.Desired;
import dev.holdfast.app.DesiredReader;
import dev.holdfast.data.Identities;
import dev.holdfast.ledger.Claim;
import dev.holdfast.ledger.Ledger;
import dev.holdfast.live.Labels;
import dev.holdfast.registry.Answer;
import dev.holdfast.spec.Specs;
import dev.holdfast.survey.Survey;
import dev.holdfast.yaml.Source;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A repository, a Swarm and a ledger as values, for stories of several steps: edit files, run, look at what is there.
///
/// [#run] does what the daemon does in one run: it plans, looks at the nodes where the plan asks for it, carries the
/// plan out, plans again and keeps what that says of the ledger.
final class SimulatedCluster {

    static final String NOW = "2026-01-01T00:00:00Z";
    private static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    final Swarm swarm = new Swarm();
    Ledger ledger = Ledger.empty("default", KEY);
    boolean continues = true;

    @Nullable
    String formerCluster;

    final Map<String, List<String>> imageVolumes = new TreeMap<>();
    final Map<String, Answer> answers = new TreeMap<>();
    final Map<String, Boolean> there = new TreeMap<>();
    Situation.Choices choices = Situation.Choices.NONE;

    /// RFC 3339, UTC.
    String now = NOW;

    /// Whether runs of scheduled apps are begun, as the daemon does.
    boolean daemon;
    private final TreeMap<String, String> files = new TreeMap<>();
    private int commit = 1;
    private @Nullable Desired read;

    private SimulatedCluster() {}

    /// Nodes `w1`, `w2`, … with the IDs `n1`, `n2`, …
    static SimulatedCluster of(int nodes) {
        var world = new SimulatedCluster();
        for (var i = 1; i <= nodes; i++) {
            world.swarm.node("n" + i, "w" + i, "ready", "active");
        }
        return world;
    }

    SimulatedCluster file(String path, String text) {
        files.put(path, text);
        changed();
        return this;
    }

    /// An app file, called as the app that it declares.
    SimulatedCluster app(String name, String rest) {
        return file("apps/" + name + ".yaml", "name: " + name + "\nimage: " + name + ":1\n" + rest);
    }

    /// An app with one volume.
    SimulatedCluster db(String name, String volume, String more) {
        return app(name, "persistent:\n  directories: ['" + volume + ":/data']\n" + more.indent(2));
    }

    /// From now on what is due is begun.
    SimulatedCluster daemon() {
        daemon = true;
        choices = choices.with(Situation.Runs.DUE);
        return this;
    }

    SimulatedCluster at(String time) {
        now = time;
        swarm.now = time;
        return this;
    }

    SimulatedCluster later(java.time.Duration time) {
        return at(java.time.Instant.parse(now).plus(time).toString());
    }

    SimulatedCluster without(String... apps) {
        for (var app : apps) {
            files.remove("apps/" + app + ".yaml");
        }
        changed();
        return this;
    }

    SimulatedCluster removed(String path) {
        files.remove(path);
        changed();
        return this;
    }

    private void changed() {
        commit++;
        read = null;
    }

    SimulatedCluster down(String node) {
        var old = node(node);
        swarm.node(node, old, "down", "active");
        return this;
    }

    SimulatedCluster up(String node) {
        swarm.node(node, node(node), "ready", "active");
        swarm.back(node);
        return this;
    }

    private String node(String id) {
        return java.util.Objects.requireNonNull(swarm.nodes.get(id)).hostname();
    }

    /// Changes a service as a person would, with its tasks.
    SimulatedCluster byHand(String app, Consumer<ObjectNode> change) {
        var spec = swarm.spec(app);
        change.accept(spec);
        swarm.update(app, spec, true);
        return this;
    }

    /// A service that `docker stack deploy` made: not locked, not ours.
    SimulatedCluster stackDeployed(String name, String volume, String node) {
        var spec = Specs.object();
        spec.put("Name", name);
        spec.putObject("Labels").put(Labels.STACK, "shop").put(Labels.STACK_IMAGE, name + ":1");
        var task = spec.putObject("TaskTemplate");
        var container = task.putObject("ContainerSpec");
        container.put("Image", name + ":1@sha256:" + "a".repeat(64));
        container.putObject("Labels").put(Labels.STACK, "shop");
        container
                .putArray("Mounts")
                .addObject()
                .put("Type", "volume")
                .put("Source", volume)
                .put("Target", "/data")
                .putObject("VolumeOptions")
                .putObject("Labels")
                .put(Labels.STACK, "shop");
        task.putObject("Placement").putArray("Constraints").add("node.id==" + node);
        spec.putObject("Mode").putObject("Replicated").put("Replicas", 1);
        swarm.create(name, spec);
        task.remove("Placement");
        swarm.update(name, spec, false);
        return this;
    }

    Desired desired() {
        var known = read;
        if (known == null) {
            known = DesiredReader.read(new Files(files));
            read = known;
        }
        return known;
    }

    Situation situation(Survey survey, boolean looked) {
        return new Situation(
                desired(),
                "c" + commit,
                continues,
                swarm.live(),
                ledger,
                survey,
                looked,
                new ImageKnowledge(imageVolumes, answers, "n1", there),
                choices,
                now,
                formerCluster,
                null);
    }

    /// As the `plan` command does: without a look.
    Plan glance() {
        return Planner.plan(situation(Survey.NONE, false));
    }

    /// As a run does: with a look where one is asked for.
    Plan plan() {
        var plan = glance();
        return needsALook(plan) ? Planner.plan(situation(look(), true)) : plan;
    }

    /// Whether planning alone takes less than that, in one of a few attempts.
    boolean isPlannedWithin(Duration limit) {
        var situation = situation(look(), true);
        return best(() -> Planner.plan(situation)).compareTo(limit) < 0;
    }

    /// How long reading the files and planning take together.
    Duration readingAndPlanning() {
        var survey = look();
        return best(() -> {
            read = null;
            Planner.plan(situation(survey, true));
        });
    }

    /// The processor's time, at best of a few times: what else the machine does counts little.
    private static Duration best(Runnable work) {
        var clock = ManagementFactory.getThreadMXBean();
        return Stream.generate(() -> {
                    var begun = clock.getCurrentThreadCpuTime();
                    work.run();
                    return Duration.ofNanos(clock.getCurrentThreadCpuTime() - begun);
                })
                .limit(5)
                .min(Duration::compareTo)
                .orElseThrow();
    }

    List<AppStatus> statuses() {
        var situation = situation(Survey.NONE, false);
        return AppStatuses.of(situation, Planner.plan(situation));
    }

    private static boolean needsALook(Plan plan) {
        return plan.warnings().stream().anyMatch(warning -> warning.code() == WarningCode.LOOKS_FIRST);
    }

    Survey look() {
        var asked = new TreeSet<String>();
        desired().apps().forEach(app -> app.app().directories().forEach(d -> asked.add(d.source())));
        desired().apps().forEach(app -> app.app().scratch().forEach(s -> asked.add(s.source())));
        asked.removeIf(path -> !path.startsWith("/"));
        desired().repository().volumes().values().stream()
                .map(volume -> volume.driverOpts().getOrDefault("device", ""))
                .filter(device -> device.startsWith("/"))
                .forEach(asked::add);
        ledger.claims().stream()
                .filter(claim -> claim.kind() == Claim.Kind.BIND)
                .forEach(claim -> asked.add(claim.name()));
        return swarm.look(asked);
    }

    /// One run of the daemon. Returns the plan that was carried out.
    Plan run() {
        var first = glance();
        var survey = needsALook(first) ? look() : Survey.NONE;
        var looked = survey != Survey.NONE;
        var plan = looked ? Planner.plan(situation(survey, true)) : first;
        write(plan.ledger());
        var failures = new SimulatedExecutor(swarm, ledger, "c" + commit).carryOut(plan);
        var settled = Planner.plan(situation(survey, looked)).ledger();
        var all = new HashMap<>(settled.failures());
        all.putAll(failures);
        var wanted = situation(survey, looked);
        write(NextLedger.pinned(
                        settled.withFailures(all),
                        swarm.live(),
                        WantedImage.followed(wanted.desired(), wanted.images()))
                .withApplied("root", "repository", "c" + commit));
        choices = daemon ? Situation.Choices.NONE.with(Situation.Runs.DUE) : Situation.Choices.NONE;
        return plan;
    }

    private void write(Ledger said) {
        if (!said.saysTheSameAs(ledger)) {
            ledger = said.withSequence(ledger.sequence() + 1);
        }
    }

    /// What a look after a run adds: which data it was.
    SimulatedCluster identified() {
        write(Identities.fill(ledger, look()));
        return this;
    }

    /// The node of an app's tasks; empty where none runs.
    String runsOn(String app) {
        return swarm.live().service(app).stream()
                .flatMap(service -> swarm.live().tasksOf(service.id()).stream())
                .filter(task -> task.isRunning())
                .map(task -> task.nodeId())
                .sorted()
                .distinct()
                .collect(Collectors.joining(","));
    }

    /// `volume:NAME@NODE` of all claims that nobody owns.
    List<String> orphans() {
        return ledger.claims().stream()
                .filter(claim -> claim.givenUp() != null)
                .map(claim -> claim.kind().word() + ":" + claim.name() + "@" + claim.node())
                .sorted()
                .toList();
    }

    /// `APP CODE` of all holds.
    static List<String> holds(Plan plan) {
        return plan.holds().stream().map(hold -> hold.app() + " " + hold.code()).toList();
    }

    /// `APP CODE` of all warnings but those that ask for a look.
    static List<String> warnings(Plan plan) {
        return plan.warnings().stream()
                .filter(warning -> warning.code() != WarningCode.LOOKS_FIRST)
                .map(warning -> (warning.app() + " " + warning.code()).strip())
                .toList();
    }

    /// `ACTION KIND NAME` of all changes.
    static List<String> changes(Plan plan) {
        return plan.changes().stream()
                .map(change -> change.action().word() + " " + change.kind().word() + " " + change.name())
                .toList();
    }

    private record Files(TreeMap<String, String> texts) implements Source {
        @Override
        public SortedSet<String> paths() {
            return new TreeSet<>(texts.keySet());
        }

        @Override
        public Optional<byte[]> read(String path) {
            return Optional.ofNullable(texts.get(path)).map(text -> text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
