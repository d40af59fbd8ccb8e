package dev.holdfast.engine;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// One line of a service's log.
///
/// @param text the line, without its end
public record LogLine(String text) {

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

    /// Of a task's log, the engine says in front of each line where it comes from.
    private static LogLine parse(String line) {
        var space = line.indexOf(' ');
        var head = space < 0 ? line : line.substring(0, space);
        return new LogLine(!head.contains("com.docker.swarm.") ? line : space < 0 ? "" : line.substring(space + 1));
    }
}
