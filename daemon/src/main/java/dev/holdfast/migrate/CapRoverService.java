package dev.holdfast.migrate;

import dev.holdfast.app.Directory;
import dev.holdfast.app.HostFolders;
import dev.holdfast.app.HostPath;
import dev.holdfast.value.TidyPath;
import dev.holdfast.yaml.Yaml;
import dev.holdfast.yaml.YamlTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One service of a CapRover template, key by key as CapRover reads it (`OneClickAppDeploymentHelper`,
/// `DockerComposeToServiceOverride` in its source).
final class CapRoverService {

    private static final String PREFIX = "srv-captain--";
    private static final Pattern HOST = Pattern.compile(PREFIX + "([A-Za-z0-9-]+)");

    /// Keys that CapRover ignores and whose usual values are what it does anyway.
    private static final Map<String, Set<String>> AS_ANYWAY =
            Map.of("restart", Set.of("always", "unless-stopped"), "documentation", Set.of());

    /// `"..."`, `'...'` or what is between blanks; CapRover's own, which knows no escape.
    private static final Pattern WORD = Pattern.compile("[^\\s\"']+|\"([^\"]*)\"|'([^']*)'");

    private final String name;
    private final Set<String> names;
    private final Yaml.Mapping service;
    private final CapRoverVariables variables;
    private final CapRoverImport.Options options;
    private final List<Imported.Note> notes;
    private final List<Imported.Decision> decisions;
    private final Draft draft;
    private final Map<String, String> environment = new LinkedHashMap<>();

    CapRoverService(
            String name,
            Set<String> names,
            Yaml.Mapping service,
            CapRoverVariables variables,
            CapRoverImport.Options options,
            List<Imported.Note> notes,
            List<Imported.Decision> decisions) {
        this.name = name;
        this.names = names;
        this.service = service;
        this.variables = variables;
        this.options = options;
        this.notes = notes;
        this.decisions = decisions;
        this.draft = new Draft(name);
    }

    Draft draft() {
        var extra = service.get("caproverExtra") instanceof Yaml.Mapping mapping ? mapping : YamlTree.mapping(Map.of());
        environment();
        image(extra);
        imageInDoubt();
        draft.put("environment", environment);
        draft.put("networks", List.of(options.network()));
        ports();
        draft.put("hostname", text("hostname"));
        draft.put("cap_add", texts("cap_add"));
        route(extra);
        mounts();
        draft.put("depends_on", dependencies());
        ignored(extra);
        return draft;
    }

    private void note(String message) {
        note("", message);
    }

    private void note(String key, String message) {
        notes.add(new Imported.Note(name, key, message));
    }

    /// The image, or what a Dockerfile would have made of one; and the command, which is CapRover's entrypoint.
    private void image(Yaml.Mapping extra) {
        var image = text("image");
        var lines = texts(extra, "dockerfileLines");
        if (image != null) {
            draft.put("image", image);
            if (!lines.isEmpty()) {
                note(
                        "caproverExtra.dockerfileLines",
                        "CapRover takes image and ignores caproverExtra.dockerfileLines; so does the file");
            }
            draft.put("entrypoint", words());
            return;
        }
        var dockerfile = Dockerfile.simple(lines, environment);
        if (dockerfile.isEmpty()) {
            draft.put("image", YamlTree.text(""));
            draft.comment(
                    "image",
                    lines.isEmpty()
                            ? "The template names no image."
                            : "CapRover builds the image from these lines. Build it, push it, and name it here:");
            lines.forEach(line -> line.lines()
                    .forEach(each -> draft.comment("image", "  " + dev.holdfast.yaml.Placeholder.written(each))));
            decisions.add(new Imported.Decision(
                    name,
                    "image",
                    lines.isEmpty()
                            ? "names no image; write one into its file"
                            : "is built from a Dockerfile that runs or copies something; build it, and write the image"
                                    + " into its file",
                    List.of()));
            draft.put("entrypoint", words());
            return;
        }
        var made = dockerfile.get();
        var words = words();
        draft.put("image", made.image());
        draft.put("command", made.command() == null || !words.isEmpty() ? List.of() : made.command());
        draft.put("entrypoint", !words.isEmpty() ? words : made.entrypoint() == null ? List.of() : made.entrypoint());
        var own = new LinkedHashMap<>(environment);
        environment.clear();
        environment.putAll(made.environment());
        environment.putAll(own);
        draft.put("labels", made.labels());
        draft.put("user", made.user());
        draft.put("working_dir", made.workingDir());
        draft.put("stop_signal", made.stopSignal());
        made.ignored()
                .forEach(line -> note(
                        "caproverExtra.dockerfileLines", "the line %s of its Dockerfile is left out".formatted(line)));
    }

    /// What CapRover itself could not start.
    private void imageInDoubt() {
        var image = draft.text("image");
        if (image.contains("$$") || image.endsWith(":")) {
            decisions.add(new Imported.Decision(
                    name,
                    "image",
                    "its image %s %s; write it into its file"
                            .formatted(
                                    image,
                                    image.endsWith(":")
                                            ? "has no tag"
                                            : "has a variable that the template does not declare"),
                    List.of()));
        }
        var entrypoint = words();
        if (!entrypoint.isEmpty() && entrypoint.getFirst().startsWith("-")) {
            note(
                    "command",
                    "command is the entrypoint for CapRover, and %s is no program; write it as command if that is meant"
                            .formatted(entrypoint.getFirst()));
        }
    }

    private List<String> words() {
        var command = service.get("command");
        if (command instanceof Yaml.Scalar scalar && !Yaml.isNull(command)) {
            return WORD.matcher(named(variables.filled(scalar.text())))
                    .results()
                    .map(match -> match.group(1) != null && !match.group(1).isEmpty()
                            ? match.group(1)
                            : match.group(2) != null && !match.group(2).isEmpty() ? match.group(2) : match.group())
                    .toList();
        }
        return texts("command");
    }

    private void environment() {
        switch (service.get("environment")) {
            case Yaml.Mapping mapping ->
                mapping.entries().forEach(entry -> {
                    var text = entry.value() instanceof Yaml.Scalar scalar && !Yaml.isNull(scalar) ? scalar.text() : "";
                    put(variables.filled(entry.key()), text);
                });
            case Yaml.Sequence list -> {
                note(
                        "environment",
                        "CapRover does not understand environment as a list; the file has it as it is meant");
                list.items().forEach(item -> {
                    var text = item instanceof Yaml.Scalar scalar ? scalar.text() : "";
                    var equals = text.indexOf('=');
                    put(equals < 0 ? text : text.substring(0, equals), equals < 0 ? "" : text.substring(equals + 1));
                });
            }
            case null, default -> {}
        }
    }

    private void put(String key, String text) {
        environment.put(key, named(variables.environment(name, key, text)));
    }

    /// CapRover publishes a port for both protocols.
    private void ports() {
        var ports = new ArrayList<Yaml>();
        for (var port : texts("ports")) {
            if (port.matches("[0-9]{1,5}:[0-9]{1,5}")) {
                ports.add(YamlTree.text(port));
                ports.add(YamlTree.text(port + "/udp"));
            } else if (port.matches("[0-9-]+:[0-9-]+/(tcp|udp)")) {
                ports.add(YamlTree.text(port.replaceFirst("/tcp$", "")));
                note("ports", "CapRover cannot read the port %s; the file publishes it as it is meant".formatted(port));
            } else {
                note("ports", "the port %s is left out: CapRover can only read PUBLISHED:TARGET".formatted(port));
            }
        }
        if (!ports.isEmpty()) {
            draft.put("ports", YamlTree.list(ports));
        }
    }

    private void mounts() {
        for (var volume : texts("volumes")) {
            var parts = Arrays.stream(volume.split(":", -1)).map(String::strip).toList();
            if (parts.size() < 2 || parts.contains("")) {
                note("volumes", "the volume %s is left out: it names no source or no target".formatted(volume));
                continue;
            }
            var source = TidyPath.of(parts.get(0));
            var host = source.startsWith("/");
            if (HostFolders.hold(source)) {
                draft.add(new HostPath(source, parts.get(1), true));
                note("volumes", "%s stays writable: take :rw away if the app only looks at it".formatted(parts.get(0)));
            } else {
                draft.add(new Directory(host ? null : source, host ? source : null, parts.get(1), false));
            }
            if (parts.size() > 2) {
                note(
                        "volumes",
                        "CapRover ignores :%s of the volume %s and mounts it writable; so does the file"
                                .formatted(parts.get(2), parts.get(0)));
            }
        }
    }

    private List<String> dependencies() {
        var all = service.get("depends_on") instanceof Yaml.Mapping mapping
                ? mapping.entries().stream()
                        .map(entry -> variables.filled(entry.key()))
                        .toList()
                : texts("depends_on");
        all.stream()
                .filter(other -> !names.contains(other))
                .forEach(other -> note(
                        "depends_on", "depends_on %s is left out: it is no app of this template".formatted(other)));
        return all.stream().filter(names::contains).toList();
    }

    /// What CapRover's own proxy would lead to the app.
    private void route(Yaml.Mapping extra) {
        if (isTrue(extra.get("notExposeAsWebApp"))) {
            return;
        }
        var given = CapRoverVariables.text(extra.get("containerHttpPort"));
        var port = given == null ? "80" : variables.filled(given);
        if (options.traefik()) {
            var domain = variables.filled(CapRoverVariables.ROOT);
            var labels = new TreeMap<String, String>();
            labels.put("traefik.enable", "true");
            labels.put("traefik.http.routers." + name + ".rule", "Host(`%s.%s`)".formatted(name, domain));
            labels.put("traefik.http.services." + name + ".loadbalancer.server.port", port);
            draft.put("deploy.labels", YamlTree.mapping(texts(labels)));
        } else {
            note(
                    "caproverExtra.containerHttpPort",
                    ("CapRover leads http://%s.ROOT_DOMAIN to its port %s%s; here something else has to (--ingress"
                                    + " traefik writes labels)")
                            .formatted(name, port, isTrue(extra.get("websocketSupport")) ? ", web sockets too" : ""));
        }
    }

    private static Map<String, Yaml> texts(Map<String, String> pairs) {
        var texts = new LinkedHashMap<String, Yaml>();
        pairs.forEach((key, value) -> texts.put(key, YamlTree.text(value)));
        return texts;
    }

    /// As JavaScript has it: any text is true.
    private static boolean isTrue(@Nullable Yaml node) {
        return node instanceof Yaml.Scalar scalar
                && !Yaml.isNull(node)
                && !(scalar.kind() == Yaml.Kind.BOOLEAN && scalar.text().equalsIgnoreCase("false"))
                && !scalar.text().isEmpty();
    }

    private void ignored(Yaml.Mapping extra) {
        var read = Set.of(
                "image",
                "environment",
                "ports",
                "volumes",
                "depends_on",
                "hostname",
                "command",
                "cap_add",
                "caproverExtra");
        for (var entry : service.entries()) {
            var usual = AS_ANYWAY.get(entry.key());
            var text = CapRoverVariables.text(entry.value());
            var asAnyway = usual != null && (usual.isEmpty() || usual.contains(text == null ? "" : text));
            if (!read.contains(entry.key()) && !asAnyway && !Yaml.isNull(entry.value())) {
                note(
                        entry.key(),
                        "CapRover ignores its key %s, and it is left out; write it into the file if it is meant"
                                .formatted(entry.key()));
            }
        }
        var known = Set.of("dockerfileLines", "containerHttpPort", "notExposeAsWebApp", "websocketSupport");
        extra.entries().stream()
                .map(Yaml.Entry::key)
                .filter(key -> !known.contains(key))
                .forEach(key -> note(
                        "caproverExtra." + key,
                        "CapRover ignores caproverExtra.%s, and it is left out".formatted(key)));
    }

    private @Nullable String text(String key) {
        var text = CapRoverVariables.text(service.get(key));
        return text == null ? null : named(variables.filled(text));
    }

    private List<String> texts(String key) {
        return texts(service, key);
    }

    private List<String> texts(Yaml.Mapping mapping, String key) {
        return mapping.get(key) instanceof Yaml.Sequence list
                ? list.items().stream()
                        .filter(item -> item instanceof Yaml.Scalar && !Yaml.isNull(item))
                        .map(item -> named(variables.filled(((Yaml.Scalar) item).text())))
                        .toList()
                : List.of();
    }

    /// Services are called as their apps are.
    private String named(String text) {
        return HOST.matcher(text).replaceAll(match -> {
            if (!names.contains(match.group(1))) {
                note("expects an app %s, which is not in this template".formatted(match.group(1)));
            }
            return match.group(1);
        });
    }
}
