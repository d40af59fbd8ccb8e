package dev.holdfast.engine;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One line of a service's log.
///
/// @param details what the engine says of its origin: `com.docker.swarm.node.id`, `….service.id`, `….task.id`
/// @param text the line, without its end
public record LogLine(Map<String, String> details, String text) {

    public String node() {
        return details.getOrDefault("com.docker.swarm.node.id", "");
    }

    public String task() {
        return details.getOrDefault("com.docker.swarm.task.id", "");
    }

    /// Reads the engine's multiplexed stream: frames of one type byte, three zero bytes, a length, and that many
    /// bytes.
    static List<LogLine> readAll(InputStream in) throws IOException {
        var lines = new ArrayList<LogLine>();
        var frames = new DataInputStream(in);
        var header = new byte[8];
        while (true) {
            try {
                frames.readFully(header);
            } catch (EOFException end) {
                return lines;
            }
            var length = ((header[4] & 0xff) << 24)
                    | ((header[5] & 0xff) << 16)
                    | ((header[6] & 0xff) << 8)
                    | (header[7] & 0xff);
            var frame = new byte[length];
            frames.readFully(frame);
            lines.add(parse(new String(frame, StandardCharsets.UTF_8).stripTrailing()));
        }
    }

    private static LogLine parse(String line) {
        var space = line.indexOf(' ');
        var head = space < 0 ? line : line.substring(0, space);
        if (!head.contains("com.docker.swarm.")) {
            return new LogLine(Map.of(), line);
        }
        var details = new HashMap<String, String>();
        for (var pair : head.split(",")) {
            var equals = pair.indexOf('=');
            if (equals > 0) {
                details.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return new LogLine(Map.copyOf(details), space < 0 ? "" : line.substring(space + 1));
    }
}
