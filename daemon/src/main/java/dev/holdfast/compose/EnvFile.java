package dev.holdfast.compose;

import dev.holdfast.yaml.Problems;
import dev.holdfast.yaml.Yaml;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A file of variables as the client reads it for `env_file` of a service: `NAME=` and then everything up to the end of
/// the line, quotes and blanks included; nothing is filled in.
final class EnvFile {

    /// Go's scanner gives up on longer lines.
    private static final int LONGEST_LINE = 64 * 1024 - 1;

    private EnvFile() {}

    /// Its variables; those with an error are left out.
    ///
    /// @param variables for names without a value
    static SortedMap<String, String> parse(
            String file, byte[] bytes, Map<String, String> variables, Problems problems) {
        var values = new TreeMap<String, String>();
        var text = text(file, bytes, problems);
        if (text == null) {
            return values;
        }
        var number = 0;
        for (var line : text.split("\n", -1)) {
            number++;
            var place = new Yaml.Place(file, number, 1);
            var fault = line(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line, variables, values);
            if (fault != null) {
                problems.error(place, "", fault);
            }
        }
        return values;
    }

    /// The text of a file of variables, or null after reporting that it is none.
    static @Nullable String text(String file, byte[] bytes, Problems problems) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException _) {
            problems.error(Yaml.Place.of(file), "", "is not UTF-8 text; save the file as UTF-8");
            return null;
        }
    }

    /// What is wrong with the line; null where nothing is. Says nothing of what stands in it.
    private static @Nullable String line(String whole, Map<String, String> variables, Map<String, String> values) {
        var line = whole.stripLeading();
        if (line.isEmpty() || line.startsWith("#")) {
            return null;
        }
        if (line.length() > LONGEST_LINE) {
            return "is longer than 64 KiB";
        }
        var equals = line.indexOf('=');
        var name = equals < 0 ? line : line.substring(0, equals);
        if (name.isEmpty()) {
            return "has no name before the =";
        }
        if (name.indexOf(' ') >= 0 || name.indexOf('\t') >= 0) {
            return name.startsWith("export ")
                    ? "begins with \"export\", which docker stack deploy does not know here; write NAME=value"
                    : "has a blank in the name; write NAME=value, without blanks around the =";
        }
        if (equals >= 0) {
            values.put(name, line.substring(equals + 1));
        } else if (variables.containsKey(name)) {
            values.put(name, variables.get(name));
        }
        return null;
    }
}
