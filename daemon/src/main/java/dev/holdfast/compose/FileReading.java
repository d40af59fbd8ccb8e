package dev.holdfast.compose;

import dev.holdfast.yaml.At;
import dev.holdfast.yaml.Problems;
import dev.holdfast.yaml.Reading;
import dev.holdfast.yaml.RecordForm;
import dev.holdfast.yaml.Secrets;
import dev.holdfast.yaml.Words;
import dev.holdfast.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One Compose file, in the client's order: version, forbidden keys, variables, and then each section.
final class FileReading {

    private static final List<String> SECTIONS = List.of("services", "networks", "volumes", "secrets", "configs");
    private static final Map<String, Integer> SINCE = Map.of("secrets", 1, "configs", 3);
    private static final int EXTENSIONS_SINCE = 4;
    private static final String NAME = "[a-zA-Z0-9._-]+";

    private final StackInput input;
    private final StackFolder folder;
    private final Environment environment;
    private final Problems problems;
    private final FileContents contents = FileContents.empty();

    /// Whether it takes nothing from files that are not read.
    private boolean complete = true;

    /// @param filesRead collects the paths of all files that were read
    FileReading(StackInput input, StackFolder folder, Set<String> filesRead, Problems problems) {
        this.input = input;
        this.folder = folder;
        this.environment = new Environment(folder, problems, filesRead);
        this.problems = problems;
    }

    FileContents contents() {
        return contents;
    }

    boolean isComplete() {
        return complete;
    }

    /// @param first the version of the stack's first file; null where this is it
    FormatVersion read(Yaml.Mapping file, @Nullable FormatVersion first) {
        var reading = new Reading(problems, file, RecordForm.of(NoRecord.class));
        var start = new At(reading, "");
        var found = FormatVersion.of(file, new Spot(start, 0, input.variables()));
        if (first != null && !first.written().equals(found.written())) {
            reading.error(
                    "version",
                    "all files of a stack must have one version: the first has %s, this one %s; remove the line from"
                                    .formatted(first.written(), found.written())
                            + " each");
        }
        var spot = new Spot(start, found.minor(), input.variables());
        var filled = Interpolation.fill(file, spot);
        var old = servicesAtTop(filled);
        if (!old.isEmpty()) {
            spot.error(
                    old.getFirst().at(),
                    "",
                    "has services at its top (%s), as Compose files had before there were versions: write services: above, and indent them"
                            .formatted(old.stream()
                                    .map(Yaml.Entry::key)
                                    .map(Secrets::name)
                                    .collect(Collectors.joining(", "))));
            old.forEach(entry -> contents.declare("services", entry.key()));
        }
        for (var entry : filled.entries()) {
            if (!old.contains(entry)) {
                section(entry, spot);
            }
        }
        return found;
    }

    private static List<Yaml.Entry> servicesAtTop(Yaml.Mapping file) {
        return file.get("services") != null
                ? List.of()
                : file.entries().stream()
                        .filter(entry -> !SECTIONS.contains(entry.key())
                                && !entry.key().startsWith("x-")
                                && entry.value() instanceof Yaml.Mapping service
                                && (service.get("image") != null || service.get("build") != null))
                        .toList();
    }

    private void section(Yaml.Entry entry, Spot spot) {
        var key = entry.key();
        if (key.equals("version") || key.startsWith("x-") && spot.version() >= EXTENSIONS_SINCE) {
            return;
        }
        var child = spot.key(SECTIONS.contains(key) ? key : Secrets.name(key), entry.value());
        if (key.equals("include")) {
            complete = false;
            child.error(entry.at(), "", Include.refused(input, folder, entry.value()));
        } else if (!SECTIONS.contains(key)) {
            unknown(entry, child);
        } else if (SINCE.getOrDefault(key, 0) > spot.version()) {
            child.error(entry.at(), "", Table.tooOld(SINCE.getOrDefault(key, 0), spot.version()));
        } else if (entry.value() instanceof Yaml.Mapping mapping) {
            mapping.entries().forEach(member -> member(key, member, child));
        } else if (Yaml.isNull(entry.value())) {
            child.error(
                    entry.at(),
                    "",
                    "has nothing behind it, which docker stack deploy refuses: write %s: {}, or remove the line"
                            .formatted(key));
        } else {
            child.wrongKind(entry.value(), "must be a mapping (name: …)");
        }
    }

    private static void unknown(Yaml.Entry entry, Spot spot) {
        var hint = RefusedKeys.OF_FILE.get(entry.key());
        var known = new ArrayList<>(SECTIONS);
        known.add("version");
        var near = Words.nearest(entry.key(), known);
        if (hint != null) {
            spot.error(entry.at(), "", "is refused by docker stack deploy; " + hint);
        } else if (entry.key().startsWith("x-")) {
            spot.error(entry.at(), "", Table.tooOld(EXTENSIONS_SINCE, spot.version()));
        } else {
            spot.error(
                    entry.at(),
                    "",
                    "unknown key \"%s\"; %s"
                            .formatted(
                                    Secrets.name(entry.key()),
                                    near == null
                                            ? "a Compose file has services, networks, volumes, secrets and configs"
                                            : "did you mean \"%s\"?".formatted(near)));
        }
    }

    private void member(String section, Yaml.Entry entry, Spot spot) {
        // The client takes any name of a network, and none that is odd can be used.
        if (!entry.key().matches(NAME) && !section.equals("networks")) {
            spot.error(
                    entry.at(),
                    Secrets.name(entry.key()),
                    "is no name here: only letters, digits, \".\", \"_\" and \"-\""
                            + (entry.key().contains("$")
                                    ? "; variables are not filled in in keys: write the name itself"
                                    : ""));
            return;
        }
        var child = spot.key(entry.key(), entry.value());
        contents.declare(section, entry.key());
        switch (section) {
            case "services" -> service(entry, child);
            case "networks" -> put(contents.networks(), entry, NetworkKeys.read(input.stack(), entry, child));
            case "volumes" -> put(contents.volumes(), entry, VolumeKeys.read(input.stack(), entry, child));
            case "secrets" -> put(contents.secrets(), entry, ContentKeys.secret(input.stack(), folder, entry, child));
            default -> put(contents.configs(), entry, ContentKeys.config(input.stack(), folder, entry, child));
        }
    }

    private static <T> void put(Map<String, T> all, Yaml.Entry entry, @Nullable T record) {
        if (record != null) {
            all.put(entry.key(), record);
        }
    }

    private void service(Yaml.Entry entry, Spot spot) {
        contents.places().put(entry.key(), entry.at());
        var values = ServiceTable.read(entry.value(), spot, environment);
        if (values != null) {
            contents.services().put(entry.key(), values);
        }
    }

    private record NoRecord() {}
}
