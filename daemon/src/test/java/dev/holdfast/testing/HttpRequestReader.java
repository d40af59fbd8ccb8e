package dev.holdfast.testing;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the requests of one connection, keeping the bytes as they came so that they can be passed on unchanged.
final class HttpRequestReader {

    /// @param raw all its bytes, head and body
    /// @param hijacks whether a raw stream follows instead of further requests (attach, exec)
    record Message(RecordedRequest request, byte[] raw, boolean hijacks) {}

    private final InputStream in;
    private ByteArrayOutputStream raw = new ByteArrayOutputStream();

    HttpRequestReader(InputStream in) {
        this.in = in;
    }

    /// The next request, or null when the client has closed the connection.
    @Nullable
    Message next() throws IOException {
        raw = new ByteArrayOutputStream();
        String line = line();
        if (line == null) {
            return null;
        }
        var start = line.split(" ", 3);
        Map<String, String> headers = headers();
        var body = body(headers);
        var request = new RecordedRequest(start[0], start[1], headers, body);
        return new Message(request, raw.toByteArray(), headers.containsKey("upgrade"));
    }

    private Map<String, String> headers() throws IOException {
        var headers = new LinkedHashMap<String, String>();
        for (String line = someLine(); !line.isEmpty(); line = someLine()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            return chunks();
        }
        return bytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    }

    private byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        int size = chunkSize();
        while (size > 0) {
            body.write(bytes(size));
            someLine();
            size = chunkSize();
        }
        while (!someLine().isEmpty()) {
            // trailers
        }
        return body.toByteArray();
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(someLine().replaceFirst(";.*", "").strip(), 16);
    }

    private byte[] bytes(int count) throws IOException {
        var bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException();
        }
        raw.write(bytes);
        return bytes;
    }

    private String someLine() throws IOException {
        var line = line();
        if (line == null) {
            throw new EOFException();
        }
        return line;
    }

    private @Nullable String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            raw.write(next);
            if (next == '\n') {
                return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
            }
            line.write(next);
        }
        return null;
    }
}
