package dev.holdfast.survey;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.engine.LogLine;
import dev.holdfast.live.Mount;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// Reads what `survey.sh` wrote to its log on one node. An answer that is not whole, to the checksum, is no answer.
final class SurveyAnswer {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MARK = "holdfast: ";
    private static final String END = MARK + ".";

    private String dockerRoot = "";
    private final Map<String, Survey.Volume> volumes = new TreeMap<>();
    private final Map<String, Survey.Path> paths = new TreeMap<>();
    private final Map<String, Survey.Path> links = new TreeMap<>();
    private final Map<String, String> births = new HashMap<>();
    private final Map<String, Long> volumeSizes = new HashMap<>();
    private final Map<String, Long> pathSizes = new HashMap<>();
    private final Map<String, Boolean> images = new TreeMap<>();
    private final List<Survey.Container> containers = new ArrayList<>();
    private boolean ended;

    private SurveyAnswer() {}

    /// @param asked the paths in the order in which the script was given them
    /// @return nothing if the lines hold no whole answer (yet)
    static Optional<Survey.NodeSurvey> read(List<LogLine> lines, String node, String at, List<String> asked) {
        var packed = new StringBuilder();
        var closed = false;
        for (var line : lines) {
            if (line.text().equals(END)) {
                closed = true;
            } else if (line.text().startsWith(MARK)) {
                packed.append(line.text().substring(MARK.length()).strip());
            }
        }
        if (!closed) {
            return Optional.empty();
        }
        try {
            var bytes = Base64.getDecoder().decode(packed.toString());
            try (var gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                return parse(new String(gzip.readAllBytes(), StandardCharsets.UTF_8), node, at, asked);
            }
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// What the script complained of, for people.
    static String complaint(List<LogLine> lines) {
        return String.join(
                        " ",
                        lines.stream()
                                .map(line -> line.text().strip())
                                .filter(text -> !text.startsWith(MARK.strip()) && !text.isEmpty())
                                .limit(5)
                                .toList())
                .strip();
    }

    private static Optional<Survey.NodeSurvey> parse(String text, String node, String at, List<String> asked)
            throws JsonProcessingException {
        var fields = new ArrayDeque<>(List.of(text.split("\0", -1)));
        var answer = new SurveyAnswer();
        while (!answer.ended && fields.size() > 1) {
            answer.take(fields.removeFirst(), fields, asked);
        }
        return answer.ended ? Optional.of(answer.toNodeSurvey(node, at)) : Optional.empty();
    }

    private void take(String kind, Deque<String> fields, List<String> asked) throws JsonProcessingException {
        switch (kind) {
            case "root" -> dockerRoot = fields.removeFirst();
            case "volumes" -> {
                for (var line : fields.removeFirst().lines().toList()) {
                    var volume = volume(JSON.readTree(line));
                    volumes.put(volume.name(), volume);
                }
            }
            case "born" ->
                births.put(
                        fields.removeFirst(),
                        Instant.ofEpochSecond(Long.parseLong(fields.removeFirst()))
                                .toString());
            case "containers" -> {
                for (var line : fields.removeFirst().lines().toList()) {
                    var container = container(JSON.readTree(line));
                    if (!container.service().startsWith(SurveySpec.NAME_PREFIX)) { // the survey itself
                        containers.add(container);
                    }
                }
            }
            case "path" -> {
                var path = asked.get(Integer.parseInt(fields.removeFirst()));
                var what = fields.removeFirst();
                var real = fields.removeFirst();
                var identity = fields.removeFirst();
                var mountPoint = fields.removeFirst().equals("1");
                paths.put(path, new Survey.Path(path, what, real, identity, mountPoint, null));
            }
            case "link" -> {
                var path = fields.removeFirst();
                links.put(path, new Survey.Path(path, "link", fields.removeFirst(), "", false, null));
            }
            case "image" ->
                images.put(fields.removeFirst(), fields.removeFirst().equals("1"));
            case "path-size" -> pathSizes.put(asked.get(Integer.parseInt(fields.removeFirst())), bytes(fields));
            case "volume-size" -> volumeSizes.put(fields.removeFirst(), bytes(fields));
            case "end" -> ended = true;
            default -> throw new IllegalArgumentException("unknown field " + kind);
        }
    }

    private static long bytes(Deque<String> fields) {
        return Long.parseLong(fields.removeFirst()) * 1024;
    }

    private static Survey.Volume volume(JsonNode json) {
        return new Survey.Volume(
                json.path("Name").asText(),
                json.path("CreatedAt").asText(),
                json.path("Driver").asText(),
                strings(json.path("Options")),
                strings(json.path("Labels")),
                null);
    }

    private static Survey.Container container(JsonNode json) {
        var mounts = new ArrayList<Mount>();
        for (var mount : json.path("mounts")) {
            var type = mount.path("Type").asText();
            mounts.add(new Mount(
                    type,
                    mount.path(type.equals("volume") ? "Name" : "Source").asText(),
                    mount.path("Destination").asText(),
                    !mount.path("RW").asBoolean()));
        }
        var name = json.path("name").asText();
        return new Survey.Container(
                json.path("id").asText(),
                name.startsWith("/") ? name.substring(1) : name,
                json.path("state").asText(),
                json.path("task").asText(""),
                json.path("service").asText(""),
                List.copyOf(mounts));
    }

    private static Map<String, String> strings(JsonNode object) {
        var map = new TreeMap<String, String>();
        object.properties()
                .forEach(entry -> map.put(entry.getKey(), entry.getValue().asText()));
        return Map.copyOf(map);
    }

    private Survey.NodeSurvey toNodeSurvey(String node, String at) {
        volumes.replaceAll((name, volume) -> new Survey.Volume(
                name,
                births.getOrDefault(name, volume.createdAt()),
                volume.driver(),
                volume.options(),
                volume.labels(),
                sizeOf(volumeSizes, name)));
        paths.replaceAll((name, path) -> new Survey.Path(
                name, path.kind(), path.real(), path.identity(), path.mountPoint(), sizeOf(pathSizes, name)));
        links.forEach(paths::putIfAbsent);
        return new Survey.NodeSurvey(
                node,
                at,
                dockerRoot,
                Map.copyOf(volumes),
                Map.copyOf(paths),
                List.copyOf(containers),
                Map.copyOf(images));
    }

    private static @Nullable Long sizeOf(Map<String, Long> sizes, String name) {
        return sizes.get(name);
    }
}
