package dev.holdfast.survey;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.engine.Engine;
import dev.holdfast.engine.EngineException;
import dev.holdfast.engine.EngineUnreachable;
import dev.holdfast.engine.LogLine;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Live;
import dev.holdfast.live.Node;
import dev.holdfast.lock.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Looks at every node's disk by the Swarm's own means: a job that runs once on each usable node, prints what is there,
/// and is removed again whatever happens. A node without a whole answer is not in the survey, and so unknown.
public final class SurveyJob {

    private static final Duration POLL = Duration.ofMillis(150);

    /// How long a finished task's log may be on its way, and a failing one be tried again.
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Set<String> FAILED = Set.of("failed", "rejected");

    private final Engine engine;
    private final String cluster;
    private final Ticker ticker;
    private final InstantSource clock;

    public SurveyJob(Engine engine, String cluster, Ticker ticker, InstantSource clock) {
        this.engine = engine;
        this.cluster = cluster;
        this.ticker = ticker;
        this.clock = clock;
    }

    public SurveyJob(Engine engine, String cluster) {
        this(engine, cluster, Ticker.SYSTEM, InstantSource.system());
    }

    /// @param image any with a shell and the docker client
    /// @param socket the engine's socket on the nodes
    /// @param paths host paths to look at, on every node
    /// @param images to look for, on every node
    /// @param sizes whether to measure the paths and volumes, as far as half of the deadline goes
    /// @param deadline when to go on with the nodes that have answered
    public record Request(
            String image, String socket, Set<String> paths, Set<String> images, boolean sizes, Duration deadline) {

        public static final Duration DEADLINE = Duration.ofSeconds(30);
    }

    /// One survey under way.
    ///
    /// @param waiting the nodes that may still answer
    /// @param troubles why not, by node
    /// @param finished when a task of that node was first seen at its end without an answer, by node
    private record Looking(
            String service,
            Live live,
            List<String> paths,
            Map<String, Survey.NodeSurvey> answers,
            Set<String> waiting,
            Map<String, String> troubles,
            Map<String, Long> finished) {}

    /// Looks now. Only an engine that cannot be reached is an exception; anything else that goes wrong leaves nodes
    /// out and is told as the survey's problem.
    public Survey look(Request request, Live live) throws InterruptedException {
        return look(request, live, null);
    }

    /// @param auth what the nodes show the registry of the survey's image, as `X-Registry-Auth`; null for nothing
    public Survey look(Request request, Live live, @Nullable String auth) throws InterruptedException {
        sweep(live);
        var expected = new HashSet<String>();
        for (var node : live.nodes()) {
            if (node.isUsable() && !node.os().equals("windows")) {
                expected.add(node.id());
            }
        }
        if (expected.isEmpty()) {
            return Survey.NONE;
        }
        var paths = List.copyOf(new TreeSet<>(request.paths()));
        var id = UUID.randomUUID().toString().substring(0, 8);
        var service = engine.createService(SurveySpec.of(cluster, id, request, paths), auth);
        var looking = new Looking(service, live, paths, new HashMap<>(), expected, new TreeMap<>(), new HashMap<>());
        try {
            await(looking, request.deadline());
        } finally {
            remove(service);
        }
        return new Survey(Map.copyOf(looking.answers()), problem(looking, request));
    }

    private void await(Looking looking, Duration deadline) throws InterruptedException {
        var start = ticker.nanos();
        while (true) {
            for (var task : engine.tasksOf(looking.service())) {
                look(looking, task);
            }
            if (looking.waiting().isEmpty() || ticker.nanos() - start >= deadline.toNanos()) {
                return;
            }
            ticker.sleep(POLL);
        }
    }

    private void look(Looking looking, JsonNode task) {
        var node = task.path("NodeID").asText();
        if (!looking.waiting().contains(node)) {
            return;
        }
        var state = task.path("Status").path("State").asText();
        if (state.equals("complete")) {
            read(looking, task.path("ID").asText(), node);
        } else if (FAILED.contains(state)) {
            var error = task.path("Status").path("Err").asText();
            var said = error.contains("non-zero exit")
                    ? SurveyAnswer.complaint(log(task.path("ID").asText()))
                    : "";
            failed(looking, node, said.isEmpty() ? error : said);
        }
    }

    /// The engine tries a failed task again every half second, for ever: a few tries may help, more will not.
    private void failed(Looking looking, String node, String trouble) {
        looking.troubles().put(node, trouble);
        var since = looking.finished().computeIfAbsent(node, unused -> ticker.nanos());
        if (ticker.nanos() - since >= PATIENCE.toNanos()) {
            looking.waiting().remove(node);
        }
    }

    /// A log comes a little after its task is complete.
    private void read(Looking looking, String task, String node) {
        var lines = log(task);
        var at = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        var answer = SurveyAnswer.read(lines, node, at, looking.paths());
        if (answer.isPresent()) {
            looking.answers().put(node, answer.get());
            looking.waiting().remove(node);
            looking.troubles().remove(node);
            return;
        }
        var said = SurveyAnswer.complaint(lines);
        failed(looking, node, said.isEmpty() ? "its answer could not be read" : said);
    }

    /// A log that cannot be had from one node says nothing about the others.
    private List<LogLine> log(String task) {
        try {
            return engine.logs("/tasks/" + task, "all");
        } catch (EngineUnreachable e) {
            throw e;
        } catch (EngineException e) {
            return List.of();
        }
    }

    private static @Nullable String problem(Looking looking, Request request) {
        looking.waiting()
                .forEach(node -> looking.troubles()
                        .putIfAbsent(
                                node, "no answer within " + request.deadline().toSeconds() + " s"));
        if (looking.troubles().isEmpty()) {
            return null;
        }
        var told = new StringBuilder("not every node could be looked at: ").append(byTrouble(looking));
        if (looking.troubles().values().stream().anyMatch(error -> error.contains("No such image"))) {
            told.append(". The survey runs the image \"")
                    .append(request.image())
                    .append("\": load or pull it on those nodes, or name another one with a shell and the docker client"
                            + " as survey.image in holdfast.yaml");
        }
        return told.toString();
    }

    /// `node1, node2 (what is wrong)`: most often the same is wrong with all.
    private static String byTrouble(Looking looking) {
        var nodes = new TreeMap<String, TreeSet<String>>();
        looking.troubles()
                .forEach((node, trouble) -> nodes.computeIfAbsent(trouble, same -> new TreeSet<>())
                        .add(looking.live().node(node).map(Node::hostname).orElse(node)));
        return nodes.entrySet().stream()
                .map(entry -> String.join(", ", entry.getValue()) + " (" + entry.getKey() + ")")
                .collect(Collectors.joining("; "));
    }

    /// Removes jobs whose survey was killed. One that is younger than any survey lasts may be somebody's who looks
    /// now.
    public void sweep(Live live) {
        var oldest = clock.instant().minus(Request.DEADLINE.multipliedBy(2));
        for (var service : live.services()) {
            if (service.labels().containsKey(Labels.SURVEY)
                    && service.name().startsWith(SurveySpec.NAME_PREFIX)
                    && Instant.parse(service.createdAt()).isBefore(oldest)) {
                remove(service.id());
            }
        }
    }

    private void remove(String service) {
        try {
            engine.removeService(service);
        } catch (EngineException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }
}
