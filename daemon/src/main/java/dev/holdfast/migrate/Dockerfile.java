package dev.holdfast.migrate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.yaml.ShellWords;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A Dockerfile that only sets what an app file can set, too: no image needs to be built for it.
///
/// @param environment in the order of its lines
/// @param command null where the base image's holds; empty where there is none
/// @param ignored lines that say nothing to an engine, or something that no app file can say
record Dockerfile(
        String image,
        Map<String, String> environment,
        Map<String, String> labels,
        @Nullable List<String> entrypoint,
        @Nullable List<String> command,
        @Nullable String user,
        @Nullable String workingDir,
        @Nullable String stopSignal,
        List<String> ignored) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LINE = Pattern.compile("(?s)\\s*([A-Za-z]+)\\s+(.*)");
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{([A-Za-z_]\\w*)(?::-([^}]*))?}|([A-Za-z_]\\w*))");

    /// Empty where an image has to be built: something is run or copied, or there are stages.
    ///
    /// @param given values of build arguments: those of the app's environment, as CapRover has it
    static Optional<Dockerfile> simple(List<String> lines, Map<String, String> given) {
        var reader = new Reader(given);
        for (var line : instructions(lines)) {
            if (!reader.read(line)) {
                return Optional.empty();
            }
        }
        return reader.image == null ? Optional.empty() : Optional.of(reader.dockerfile(reader.image));
    }

    /// Without comments, and with lines that go on put together.
    private static List<String> instructions(List<String> lines) {
        var all = new ArrayList<String>();
        var open = new StringBuilder();
        for (var line : String.join("\n", lines).split("\n", -1)) {
            if (line.isBlank() || line.strip().startsWith("#")) {
                continue;
            }
            if (line.stripTrailing().endsWith("\\")) {
                var end = line.stripTrailing();
                open.append(end, 0, end.length() - 1);
            } else {
                all.add(open.append(line).toString());
                open.setLength(0);
            }
        }
        return all;
    }

    private static final class Reader {
        private final Map<String, String> given;
        private final Map<String, String> arguments = new LinkedHashMap<>();
        private final Map<String, String> environment = new LinkedHashMap<>();
        private final Map<String, String> labels = new LinkedHashMap<>();
        private final List<String> ignored = new ArrayList<>();
        private @Nullable String image;
        private @Nullable List<String> entrypoint;
        private @Nullable List<String> command;
        private @Nullable String user;
        private @Nullable String workingDir;
        private @Nullable String stopSignal;

        Reader(Map<String, String> given) {
            this.given = given;
        }

        /// Whether the line can be said in an app file.
        boolean read(String line) {
            var match = LINE.matcher(line);
            if (!match.matches()) {
                return false;
            }
            var rest = match.group(2).strip();
            switch (match.group(1).toUpperCase(Locale.ROOT)) {
                case "FROM" -> {
                    if (image != null || rest.split("\\s+").length > 1) {
                        return false;
                    }
                    image = filled(rest);
                }
                case "ARG" -> argument(rest);
                case "ENV" -> environment.putAll(pairs(rest));
                case "LABEL" -> labels.putAll(pairs(rest));
                case "ENTRYPOINT" -> {
                    entrypoint = words(rest);
                    command = command == null ? List.of() : command;
                }
                case "CMD" -> command = words(rest);
                case "USER" -> user = filled(rest);
                case "WORKDIR" -> workingDir = below(filled(rest));
                case "STOPSIGNAL" -> stopSignal = filled(rest);
                case "EXPOSE" -> {}
                case "VOLUME", "HEALTHCHECK" -> ignored.add(line.strip());
                default -> {
                    return false;
                }
            }
            return !(workingDir != null && !workingDir.startsWith("/"));
        }

        private String below(String path) {
            return path.startsWith("/") || workingDir == null ? path : workingDir + "/" + path;
        }

        private void argument(String rest) {
            var equals = rest.indexOf('=');
            var name = equals < 0 ? rest : rest.substring(0, equals);
            if (given.containsKey(name)) {
                arguments.put(name, given.getOrDefault(name, ""));
            } else if (equals > 0) {
                arguments.put(name, unquoted(rest.substring(equals + 1)));
            }
        }

        /// `A=b C="d e"`, or `A b c` for one.
        private Map<String, String> pairs(String rest) {
            var pairs = new LinkedHashMap<String, String>();
            var first = rest.split("\\s+", 2);
            if (first[0].indexOf('=') < 0) {
                pairs.put(first[0], filled(first.length > 1 ? first[1] : ""));
                return pairs;
            }
            for (var word : ShellWords.split(rest).orElse(List.of(rest))) {
                var equals = word.indexOf('=');
                if (equals > 0) {
                    pairs.put(word.substring(0, equals), filled(word.substring(equals + 1)));
                }
            }
            return pairs;
        }

        /// A list in JSON is the words; anything else is a line for the shell.
        private static List<String> words(String rest) {
            if (rest.startsWith("[")) {
                try {
                    return List.of(JSON.readValue(rest, String[].class));
                } catch (JsonProcessingException e) {
                    return shell(rest);
                }
            }
            return shell(rest);
        }

        private static List<String> shell(String line) {
            return List.of("/bin/sh", "-c", line);
        }

        private static String unquoted(String text) {
            return ShellWords.split(text)
                    .filter(words -> words.size() == 1)
                    .map(List::getFirst)
                    .orElse(text);
        }

        private String filled(String text) {
            return VARIABLE.matcher(text).replaceAll(match -> {
                var name = match.group(1) != null ? match.group(1) : match.group(3);
                var otherwise = match.group(2) == null ? "" : match.group(2);
                return java.util.regex.Matcher.quoteReplacement(
                        environment.getOrDefault(name, arguments.getOrDefault(name, otherwise)));
            });
        }

        Dockerfile dockerfile(String base) {
            return new Dockerfile(
                    base, environment, labels, entrypoint, command, user, workingDir, stopSignal, List.copyOf(ignored));
        }
    }
}
