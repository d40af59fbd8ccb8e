package dev.holdfast.compose;

import dev.holdfast.compose.ComposeMount.PathKind;
import dev.holdfast.yaml.Words;
import dev.holdfast.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The short form of a mount, `[SOURCE:]TARGET[:OPTIONS]`, letter by letter as the client reads it: one letter before a
/// colon is a Windows drive to it.
final class MountSpec {

    private static final Set<String> PROPAGATIONS =
            Set.of("rprivate", "private", "rshared", "shared", "rslave", "slave");
    private static final Set<String> MEANINGLESS = Set.of("z", "Z", "cached", "delegated", "consistent");
    private static final Pattern DRIVE = Pattern.compile("\\p{L}:");
    private static final Pattern WINDOWS = Pattern.compile("(?s)[a-zA-Z]:[/\\\\].*|[/\\\\]{2}[^/\\\\.].*");

    private final String text;
    private final Yaml node;
    private final Spot spot;
    private boolean readOnly;
    private boolean noCopy;
    private @Nullable String propagation;

    private MountSpec(String text, Yaml node, Spot spot) {
        this.text = text;
        this.node = node;
        this.spot = spot;
    }

    static @Nullable ComposeMount read(String text, Yaml node, Spot spot) {
        return new MountSpec(text, node, spot).read();
    }

    private @Nullable ComposeMount read() {
        var sections = text.length() <= 2 && !text.isEmpty() ? List.of(text) : sections();
        if (text.isEmpty() || sections.stream().anyMatch(String::isEmpty)) {
            return spot.wrongValue(node, "must be SOURCE:TARGET[:OPTIONS], with something between the colons");
        }
        if (sections.size() > 3) {
            return spot.wrongValue(node, "has too many colons; use the long form (type, source, target)");
        }
        if (sections.size() == 1) {
            return anonymous(sections.getFirst());
        }
        if (sections.size() == 3) {
            options(sections.get(2));
        }
        return mount(sections.get(0), sections.get(1));
    }

    /// Splits at colons, but for one after a single letter.
    private List<String> sections() {
        var sections = new ArrayList<String>();
        var section = new StringBuilder();
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == ':' && !(section.length() == 1 && Character.isLetter(section.charAt(0)))) {
                sections.add(section.toString());
                section.setLength(0);
            } else {
                section.append(c);
            }
        }
        sections.add(section.toString());
        return sections;
    }

    private ComposeMount anonymous(String target) {
        if (DRIVE.matcher(target).lookingAt()) {
            spot.warn(
                    StackWarning.COMPOSE_TRAP,
                    node,
                    "is a Windows path to docker stack deploy, not a volume of one letter: it makes a volume without a"
                            + " name; write { type: volume, source: %s, target: %s }"
                                    .formatted(target.charAt(0), target.substring(2)));
        } else if (!target.startsWith("/")) {
            spot.warn(
                    StackWarning.COMPOSE_TRAP,
                    node,
                    "has no path in the container, and no task starts so: write %s:/PATH"
                            .formatted(Words.quoted(target).replace("\"", "")));
        }
        return new ComposeMount.Volume(node.place(), null, target, false, false, null);
    }

    private void options(String options) {
        for (var option : options.split(",", -1)) {
            switch (option) {
                case "ro" -> readOnly = true;
                case "rw" -> readOnly = false;
                case "nocopy" -> noCopy = true;
                default -> {
                    if (PROPAGATIONS.contains(option)) {
                        propagation = option;
                    } else {
                        dropped(option);
                    }
                }
            }
        }
    }

    private void dropped(String option) {
        var known = "; it knows ro, rw, nocopy and how mounts propagate (rslave, …)";
        spot.warn(
                StackWarning.DROPPED_KEY,
                node,
                "docker stack deploy drops "
                        + (MEANINGLESS.contains(option) ? "\"%s\"; remove it".formatted(option) : "an option" + known));
    }

    private @Nullable ComposeMount mount(String source, String target) {
        if (isPath(source)) {
            if (noCopy) {
                return spot.wrong(node, "has nocopy, which is for volumes; remove it");
            }
            if (List.of("ro", "rw").contains(target) || DRIVE.matcher(source).lookingAt() && !target.startsWith("/")) {
                spot.warn(
                        StackWarning.COMPOSE_TRAP,
                        node,
                        "mounts %s of the host at \"%s\" of the container: write SOURCE:TARGET:ro, or the long form"
                                .formatted(Words.quoted(source), target));
            }
            return bind(node, source, target, readOnly, propagation, spot);
        }
        return propagation == null
                ? new ComposeMount.Volume(node.place(), source, target, readOnly, noCopy, null)
                : spot.wrong(
                        node, "has \"%s\", which is for directories of the host; remove it".formatted(propagation));
    }

    private static boolean isPath(String source) {
        return source.startsWith(".")
                || source.startsWith("/")
                || source.startsWith("~")
                || source.startsWith("\\\\")
                || DRIVE.matcher(source).lookingAt();
    }

    static ComposeMount bind(
            Yaml node, String source, String target, boolean readOnly, @Nullable String propagation, Spot spot) {
        var home = spot.variables().get("HOME");
        var path = source.startsWith("~") && home != null ? home + source.substring(1) : source;
        return new ComposeMount.Bind(node.place(), path, kind(path), target, readOnly, propagation);
    }

    private static PathKind kind(String path) {
        if (path.startsWith("/")) {
            return PathKind.ABSOLUTE;
        }
        if (path.startsWith("~")) {
            return PathKind.HOME;
        }
        return WINDOWS.matcher(path).matches() ? PathKind.WINDOWS : PathKind.RELATIVE;
    }
}
