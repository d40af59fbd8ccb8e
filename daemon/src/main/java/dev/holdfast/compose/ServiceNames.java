package dev.holdfast.compose;

import dev.holdfast.yaml.Source;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Names of services in a file that is no YAML, by the look of its lines: better one too many than one that seems to be
/// gone.
final class ServiceNames {

    private static final Pattern SECTION = Pattern.compile("[A-Za-z][A-Za-z-]*:.*");
    private static final Pattern NAME = Pattern.compile("( +)[\"']?([A-Za-z0-9._-]{1,63})[\"']?:(?:\\s.*)?");

    private ServiceNames() {}

    static Set<String> byLook(byte[] bytes) {
        var names = new TreeSet<String>();
        var text = new String(bytes, 0, Math.min(bytes.length, Source.MAX_FILE_BYTES), StandardCharsets.UTF_8);
        var within = false;
        var indent = 0;
        for (var line : (Iterable<String>) text.lines()::iterator) {
            if (SECTION.matcher(line).matches()) {
                within = line.startsWith("services:");
                continue;
            }
            var match = NAME.matcher(line);
            if (!within || !match.matches()) {
                continue;
            }
            indent = indent == 0 ? match.group(1).length() : indent;
            if (match.group(1).length() == indent) {
                names.add(match.group(2));
            }
        }
        return names;
    }
}
