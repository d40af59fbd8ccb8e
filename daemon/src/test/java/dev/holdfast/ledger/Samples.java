package dev.holdfast.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.holdfast.engine.EngineVersion;
import dev.holdfast.ledger.Claim.GivenUp;
import dev.holdfast.ledger.Claim.Kind;
import dev.holdfast.live.Live;
import dev.holdfast.live.Mount;
import dev.holdfast.live.Node;
import dev.holdfast.live.Resources;
import dev.holdfast.live.Service;
import dev.holdfast.live.Task;
import dev.holdfast.survey.Survey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// A small Swarm of values: worker-1 has the ID `n1`, worker-2 `n2`.
public final class Samples {

    public static final String NOW = "2026-11-24T12:00:00Z";

    private Samples() {}

    public static Claim volume(String name) {
        return new Claim(Kind.VOLUME, name, "n1", "worker-1", "db", "/data", false, null, null);
    }

    public static Claim bind(String path) {
        return new Claim(Kind.BIND, path, "n1", "worker-1", "db", "/backups", false, null, null);
    }

    public static Claim givenUp(Claim claim) {
        return claim.withGivenUp(new GivenUp("2026-11-01T00:00:00Z", "abc123", true));
    }

    public static Ledger ledger(Claim... claims) {
        return Ledger.empty("default", "a2V5").withClaims(List.of(claims));
    }

    public static Node node(String id, String hostname) {
        return new Node(
                id, hostname, "ready", "active", "worker", false, Map.of(), Map.of(), "linux", "x86_64", "10.0.0.1");
    }

    public static Live live(List<Service> services, Task... tasks) {
        return new Live(
                "swarm",
                new EngineVersion("28.5.2", "1.51"),
                List.of(node("n1", "worker-1"), node("n2", "worker-2")),
                services,
                List.of(tasks),
                List.of(),
                List.of(),
                List.of());
    }

    /// A service with the ID `id-<name>`.
    ///
    /// @param json with ' for "
    public static Service service(String name, String json) {
        try {
            var tree = new ObjectMapper().readTree(json.replace('\'', '"'));
            return Service.of(((com.fasterxml.jackson.databind.node.ObjectNode) tree).put("ID", "id-" + name));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /// A managed service that is locked to worker-1 and has these mounts.
    public static Service app(String name, String mounts) {
        return service(name, "{'Spec':" + spec(name, mounts, "'dev.holdfast.cluster':'default'") + "}");
    }

    public static Service foreign(String name, String mounts) {
        return service(name, "{'Spec':" + spec(name, mounts, "'team':'other'") + "}");
    }

    public static String spec(String name, String mounts, String labels) {
        return "{'Name':'" + name + "','Labels':{" + labels + "},'TaskTemplate':{'ContainerSpec':{'Mounts':[" + mounts
                + "]},'Placement':{'Constraints':['node.id==n1']}}}";
    }

    public static String mount(String type, String source, String target, boolean readOnly) {
        return "{'Type':'" + type + "','Source':'" + source + "','Target':'" + target + "','ReadOnly':" + readOnly
                + "}";
    }

    public static Task task(String service, String node, String state, Mount... mounts) {
        return new Task(
                "t-" + service,
                service,
                node,
                1,
                state,
                "running",
                "",
                NOW,
                NOW,
                "c",
                List.of(mounts),
                MissingNode.getInstance(),
                Resources.NONE,
                Set.of());
    }

    public static Survey survey(List<Survey.Volume> volumes, List<Survey.Path> paths, Survey.Container... containers) {
        var byName = new TreeMap<String, Survey.Volume>();
        volumes.forEach(volume -> byName.put(volume.name(), volume));
        var byPath = new TreeMap<String, Survey.Path>();
        paths.forEach(path -> byPath.put(path.path(), path));
        var node = new Survey.NodeSurvey("n1", NOW, "/var/lib/docker", byName, byPath, List.of(containers), Map.of());
        return new Survey(Map.of("n1", node), null);
    }

    public static Survey.Volume seenVolume(String name) {
        return new Survey.Volume(name, "2026-01-01T00:00:00Z", "local", Map.of(), Map.of(), 4096L);
    }

    public static Survey.Path seenPath(String path, String kind, String real) {
        return new Survey.Path(path, kind, real, kind.equals("absent") ? "" : "8:1", false, null);
    }

    public static Survey.Container container(String name, String state, Mount... mounts) {
        return new Survey.Container("id", name, state, "", "", List.of(mounts));
    }
}
