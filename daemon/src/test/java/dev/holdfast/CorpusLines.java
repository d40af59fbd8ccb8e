package dev.holdfast;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// A list of small documents of one kind, one thing right or wrong in each: a line is one key of a document that is
/// sound without it, or a whole document in braces. What the lines are for stands above them between `==`.
record CorpusLines(Map<Verdict, List<String>> documents) {

    enum Verdict {
        VALID("valid for both"),
        INVALID("wrong for both"),
        ONLY_THE_PROGRAM("wrong, only the program knows");

        private final String heading;

        Verdict(String heading) {
            this.heading = heading;
        }

        private static Verdict of(String line) {
            for (var verdict : values()) {
                if (line.equals("== " + verdict.heading + " ==")) {
                    return verdict;
                }
            }
            throw new IllegalArgumentException("no such heading: " + line);
        }
    }

    private static final Path FOLDER = Path.of("src/test/resources/corpus/lines");

    /// @param sound the keys of a sound document, each with its line
    static CorpusLines read(String name, Map<String, String> sound) throws IOException {
        var documents = new EnumMap<Verdict, List<String>>(Verdict.class);
        Verdict verdict = null;
        for (var line : Files.readAllLines(FOLDER.resolve(name))) {
            if (line.startsWith("==")) {
                verdict = Verdict.of(line);
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                documents
                        .computeIfAbsent(
                                Objects.requireNonNull(verdict, "a line without a heading"), _ -> new ArrayList<>())
                        .add(document(line, sound));
            }
        }
        return new CorpusLines(documents);
    }

    private static String document(String line, Map<String, String> sound) {
        if (line.startsWith("{")) {
            return line;
        }
        var key = line.substring(0, line.indexOf(':'));
        return sound.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(key))
                .map(Map.Entry::getValue)
                .collect(Collectors.joining("", line + "\n", ""));
    }

    List<String> of(Verdict verdict) {
        return documents.getOrDefault(verdict, List.of());
    }
}
