package dev.holdfast.compose;

import dev.holdfast.yaml.Problems;
import dev.holdfast.yaml.Source;
import dev.holdfast.yaml.Yaml;
import dev.holdfast.yaml.YamlDialect;
import dev.holdfast.yaml.YamlReader;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads the Compose files of one stack as `docker stack deploy -c FILE … NAME` does.
public final class StackReader {

    private final Source source;
    private final StackInput input;
    private final Problems problems;
    private final Set<String> filesRead = new TreeSet<>();
    private final TreeSet<String> names = new TreeSet<>();
    private @Nullable FormatVersion version;
    private @Nullable FileContents merged;

    /// Whether every file is YAML with a mapping in it: else nothing can be called undeclared.
    private boolean readable = true;

    /// Whether no file includes another one, which is not read.
    private boolean complete = true;

    private StackReader(Source source, StackInput input, Problems problems) {
        this.source = source;
        this.input = input;
        this.problems = problems;
    }

    /// Everything that is wrong, in whichever file, goes into the problems; the value is what could be read beside
    /// it.
    public static StackFile read(Source source, StackInput input, Problems problems) {
        return new StackReader(source, input, problems).read();
    }

    private StackFile read() {
        if (input.files().isEmpty()) {
            throw new IllegalArgumentException("a stack has at least one file");
        }
        var folder = StackFolder.of(source, input.files().getFirst());
        for (var file : input.files()) {
            filesRead.add(file);
            var bytes = bytes(file);
            var document = bytes.isPresent() ? document(file, bytes.get()) : null;
            if (document == null) {
                readable = false;
                continue;
            }
            var reading = new FileReading(input, folder, filesRead, problems);
            var found = reading.read(document, version);
            version = version == null ? found : version;
            complete &= reading.isComplete();
            names.addAll(reading.contents().declared("services"));
            merged = merged == null ? reading.contents() : merged.mergedWith(reading.contents());
        }
        return stack(merged == null ? FileContents.empty() : merged);
    }

    private Optional<byte[]> bytes(String file) {
        try {
            var bytes = source.read(file);
            if (bytes.isEmpty()) {
                problems.error(Yaml.Place.of(file), "", "is not there");
            }
            return bytes;
        } catch (Source.UnreadableFile e) {
            problems.error(Yaml.Place.of(file), "", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private Yaml.@Nullable Mapping document(String file, byte[] bytes) {
        var documents = YamlReader.read(file, bytes, YamlDialect.GO, problems);
        if (!documents.readable()) {
            names.addAll(ServiceNames.byLook(bytes));
            return null;
        }
        if (documents.overlooked() != null) {
            problems.warning(
                    StackWarning.DROPPED_KEY,
                    documents.overlooked(),
                    "",
                    "docker stack deploy reads only the first document of a file, and drops this one; put it into a"
                            + " file of its own");
        }
        var first =
                documents.documents().isEmpty() ? null : documents.documents().getFirst();
        if (first instanceof Yaml.Mapping mapping) {
            return mapping;
        }
        problems.error(
                first == null ? Yaml.Place.of(file) : first.place(),
                "",
                first == null || Yaml.isNull(first)
                        ? "is empty; a Compose file has services"
                        : "must be a mapping with services, not %s".formatted(Yaml.nameOf(first)));
        return null;
    }

    private StackFile stack(FileContents contents) {
        var services = new TreeMap<String, ComposeService>();
        contents.services().forEach((name, values) -> {
            var place = contents.places()
                    .getOrDefault(name, Yaml.Place.of(input.files().getFirst()));
            services.put(name, ServiceRecords.of(name, place, values));
        });
        var rules = new StackRules(input.stack(), contents, complete, problems);
        var networks = UsedNetworks.of(input.stack(), contents, services.values());
        if (readable) {
            UsedNetworks.check(networks.values(), problems);
            services.values().forEach(rules::check);
            rules.checkContents();
            rules.checkTogether(services.values());
        }
        var sound = readable && filesRead.stream().noneMatch(problems::hasErrorIn);
        return new StackFile(
                input.stack(),
                input.files(),
                sound,
                names,
                services,
                networks,
                new TreeMap<>(contents.volumes()),
                new TreeMap<>(contents.secrets()),
                new TreeMap<>(contents.configs()));
    }
}
