package dev.holdfast.yaml;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// From bytes to text: strict UTF-8 with nothing in it that YAML forbids, so that the YAML parser need not explain it.
final class YamlText {

    private YamlText() {}

    /// The text without its byte order mark, or null after reporting what is wrong with it.
    static @Nullable String decode(String file, byte[] bytes, Problems problems) {
        if (bytes.length > Source.MAX_FILE_BYTES) {
            problems.error(
                    Yaml.Place.of(file), "", "is larger than 1 MiB (%,d bytes); split it".formatted(bytes.length));
            return null;
        }
        var encrypted = Ciphertext.whole(bytes);
        if (encrypted.isPresent()) {
            problems.error(Yaml.Place.of(file), "", Ciphertext.problem(encrypted.get()) + "; commit it decrypted");
            return null;
        }
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        var in = ByteBuffer.wrap(bytes);
        var out = CharBuffer.allocate(bytes.length + 1);
        if (decoder.decode(in, out, true).isError()) {
            problems.error(
                    new Yaml.Place(file, lineOf(bytes, in.position()), 1),
                    "",
                    "is not UTF-8 text; save the file as UTF-8");
            return null;
        }
        var text = out.flip().toString();
        if (text.startsWith("\uFEFF")) {
            text = text.substring(1);
        }
        return hasOnlyAllowed(file, text, problems) ? text : null;
    }

    private static int lineOf(byte[] bytes, int end) {
        var line = 1;
        for (var i = 0; i < end; i++) {
            line += bytes[i] == '\n' ? 1 : 0;
        }
        return line;
    }

    private static boolean hasOnlyAllowed(String file, String text, Problems problems) {
        var line = 1;
        var lineStart = 0;
        for (var i = 0; i < text.length(); ) {
            var point = text.codePointAt(i);
            if (point == '\n') {
                line++;
                lineStart = i + 1;
            } else if (!isAllowed(point)) {
                var message = "the character U+%04X is not allowed in YAML; write it as an escape in double quotes"
                        .formatted(point);
                problems.error(new Yaml.Place(file, line, i - lineStart + 1), "", message);
                return false;
            }
            i += Character.charCount(point);
        }
        return true;
    }

    private static boolean isAllowed(int point) {
        return (point >= 0x20 && point <= 0x7E)
                || point == '\t'
                || point == '\r'
                || point == 0x85
                || (point >= 0xA0 && point <= 0xD7FF)
                || (point >= 0xE000 && point <= 0xFFFD && point != 0xFEFF)
                || point >= 0x10000;
    }
}
