package dev.holdfast.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.spec.Specs;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What the texts of an app name: hosts, and paths in its container. Only what can hardly be anything else counts,
/// since a warning that cries wolf is read by nobody.
final class Mentions {

    private static final String NAME = "([A-Za-z0-9](?:[A-Za-z0-9_.-]{0,200}[A-Za-z0-9])?)";

    /// `scheme://user:password@HOST`, and what follows a comma after such a host: `amqp://a:1,b:2`.
    private static final Pattern IN_URL =
            Pattern.compile("[A-Za-z][A-Za-z0-9+.-]{0,30}://(?:[^\\s/@\"']{0,300}@)?" + NAME);

    /// `HOST:5432`, where nothing before it could make it a part of something longer.
    private static final Pattern WITH_PORT = Pattern.compile(
            "(?<![A-Za-z0-9_.:/@-])(?:[^\\s/@\"',;=()]{1,200}@)?" + NAME + ":[0-9]{1,5}(?![0-9A-Za-z.:])");

    /// `-h HOST`, `--host=HOST`, `host=HOST`.
    private static final Pattern AFTER_OPTION = Pattern.compile(
            "(?i)(?<![A-Za-z0-9_])(?:-h|--?[a-z-]{0,30}(?:host|server|addr|address)|host|server|hostname)[ =]"
                    + "[\"']?" + NAME + "(?![A-Za-z0-9_./:-])");

    private static final Pattern WHOLE = Pattern.compile(NAME);
    private static final Pattern LIST = Pattern.compile("\\s*[,;]\\s*");

    /// Docker's name for all tasks of a service.
    private static final String TASKS = "tasks.";

    private Mentions() {}

    /// The texts of a service's spec in which its program, or one that reads its labels (a reverse proxy), finds
    /// what to talk to, by where they stand in the app file.
    static Map<String, Collection<String>> texts(JsonNode spec) {
        var texts = ofProgram(spec);
        labels("labels.", spec.at("/TaskTemplate/ContainerSpec/Labels"), texts);
        labels("deploy.labels.", spec.path("Labels"), texts);
        return texts;
    }

    /// Those that its own program reads.
    static Map<String, Collection<String>> ofProgram(JsonNode spec) {
        var container = spec.at("/TaskTemplate/ContainerSpec");
        var texts = new LinkedHashMap<String, Collection<String>>();
        texts.put("entrypoint", Specs.strings(container.path("Command")));
        texts.put("command", Specs.strings(container.path("Args")));
        for (var entry : Specs.strings(container.path("Env"))) {
            var at = entry.indexOf('=');
            if (at > 0) {
                texts.put("environment." + entry.substring(0, at), Set.of(entry.substring(at + 1)));
            }
        }
        texts.put("healthcheck.test", Specs.strings(container.at("/Healthcheck/Test")));
        return texts;
    }

    private static void labels(String prefix, JsonNode labels, Map<String, Collection<String>> texts) {
        labels.properties().stream()
                .filter(label -> !label.getKey().startsWith("dev.holdfast.")
                        && !label.getKey().startsWith("com.docker."))
                .forEach(label -> texts.put(prefix + label.getKey(), Set.of(Specs.text(label.getValue()))));
    }

    /// The hosts that a text names.
    static Set<String> hosts(String text) {
        var hosts = new TreeSet<String>();
        if (text.length() > MAX) {
            return hosts;
        }
        for (var item : LIST.split(text.strip())) {
            if (WHOLE.matcher(item).matches()) {
                hosts.add(item);
            }
        }
        for (var url : IN_URL.matcher(text).results().toList()) {
            hosts.add(url.group(1));
        }
        for (var pattern : Set.of(WITH_PORT, AFTER_OPTION)) {
            pattern.matcher(text).results().forEach(match -> hosts.add(match.group(1)));
        }
        return hosts.stream()
                .map(host -> host.startsWith(TASKS) ? host.substring(TASKS.length()) : host)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static final int MAX = 100_000;

    /// Whether a text names this path of the container, or one below it.
    static boolean namesPath(String text, String path) {
        var at = text.indexOf(path);
        while (at >= 0) {
            var end = at + path.length();
            var opens = at == 0 || !isPartOfPath(text.charAt(at - 1));
            var closes = end == text.length() || text.charAt(end) == '/' || !isPartOfPath(text.charAt(end));
            if (opens && closes) {
                return true;
            }
            at = text.indexOf(path, end);
        }
        return false;
    }

    private static boolean isPartOfPath(char c) {
        return Character.isLetterOrDigit(c) || c == '/' || c == '.' || c == '_' || c == '-' || c == '~';
    }
}
