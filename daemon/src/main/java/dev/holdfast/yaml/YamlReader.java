package dev.holdfast.yaml;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Builds trees of [Yaml] from the parser's events.
///
/// From events and not from the library's own nodes, because the library's composer recurses (some thousand nested
/// brackets overflow its stack), cannot see duplicate keys, counts aliases instead of what they expand to, and builds
/// lists that contain themselves. All of these are ordinary problems here.
public final class YamlReader {

    /// No honest file comes near these.
    static final int MAX_DEPTH = 64;

    static final int MAX_VALUES = 100_000;

    /// What a file holds.
    ///
    /// @param documents those that could be read to their end, in order
    /// @param readable false where the text is no YAML: then documents may be missing
    /// @param overlooked where a second document begins, of which [YamlDialect#GO] reads nothing
    public record Documents(List<Yaml> documents, boolean readable, Yaml.@Nullable Place overlooked) {}

    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setCodePointLimit(2 * Source.MAX_FILE_BYTES).build();

    private final String file;
    private final YamlDialect dialect;
    private final Problems problems;
    private final List<Yaml> documents = new ArrayList<>();
    private Yaml.@Nullable Place overlooked;
    private final Deque<YamlFrame> open = new ArrayDeque<>();
    private final Map<Anchor, YamlFrame.Sized> anchors = new HashMap<>();
    private final Set<Anchor> anchorsOfEarlier = new HashSet<>();
    private final Set<Anchor> missed = new HashSet<>();
    private final Set<Yaml.Place> unresolved = new HashSet<>();
    private final List<Anchor> openAnchors = new ArrayList<>();
    private YamlFrame.@Nullable Sized root;
    private long values;

    private YamlReader(String file, YamlDialect dialect, Problems problems) {
        this.file = file;
        this.dialect = dialect;
        this.problems = problems;
    }

    public static Documents read(String file, byte[] bytes, Problems problems) {
        return read(file, bytes, YamlDialect.CORE, problems);
    }

    public static Documents read(String file, byte[] bytes, YamlDialect dialect, Problems problems) {
        var text = YamlText.decode(file, bytes, problems);
        if (text == null) {
            return new Documents(List.of(), false, null);
        }
        var reader = new YamlReader(file, dialect, problems);
        var readable = reader.readAll(text);
        return new Documents(reader.documents, readable, reader.overlooked);
    }

    private boolean readAll(String text) {
        try {
            var events = new Parse(SETTINGS).parseString(text).iterator();
            while (events.hasNext()) {
                var event = events.next();
                handle(event);
                if (dialect == YamlDialect.GO && event.getEventId() == Event.ID.DocumentEnd) {
                    overlooked = beginOfNext(events);
                    return true;
                }
            }
            return true;
        } catch (MarkedYamlEngineException e) {
            var mark = e.getProblemMark().or(e::getContextMark);
            problems.error(mark.map(this::place).orElse(Yaml.Place.of(file)), "", YamlFaults.explain(e, text));
        } catch (TooMuch e) {
            problems.error(e.place, "", e.message);
        } catch (YamlEngineException e) {
            problems.error(Yaml.Place.of(file), "", "is not valid YAML: " + YamlFaults.oneLine(e.getMessage()));
        }
        return false;
    }

    /// Of a document with something in it. What is wrong there is nobody's trouble.
    private Yaml.@Nullable Place beginOfNext(Iterator<Event> events) {
        try {
            while (events.hasNext()) {
                var event = events.next();
                if (event.getEventId() != Event.ID.DocumentStart && event.getEventId() != Event.ID.StreamEnd) {
                    var nothing = event instanceof ScalarEvent scalar
                            && scalar.isPlain()
                            && scalar.getValue().isEmpty();
                    return nothing ? null : place(event.getStartMark());
                }
            }
        } catch (YamlEngineException e) {
            return null;
        }
        return null;
    }

    private void handle(Event event) {
        switch (event.getEventId()) {
            case DocumentStart -> {
                anchorsOfEarlier.addAll(anchors.keySet());
                anchors.clear();
                root = null;
                values = 0;
            }
            case DocumentEnd -> {
                if (root != null) {
                    documents.add(root.node());
                }
            }
            case Scalar -> scalar((ScalarEvent) event);
            case Alias -> alias((AliasEvent) event);
            case MappingStart -> start((CollectionStartEvent) event, true);
            case SequenceStart -> start((CollectionStartEvent) event, false);
            case MappingEnd, SequenceEnd -> end();
            case StreamStart, StreamEnd, Comment -> {}
        }
    }

    private void scalar(ScalarEvent event) {
        var place = place(event.getStartMark());
        var go = dialect == YamlDialect.GO;
        var kind = go ? GoScalars.kind(event) : YamlKinds.kind(event);
        if (kind == null) {
            problems.error(place, "", unknownTag(event.getTag().orElse("")));
            kind = Yaml.Kind.TEXT;
        }
        if (event.getValue().indexOf('\0') >= 0) {
            problems.error(place, "", "has the character U+0000, which no process can be given");
        }
        var merges =
                event.isPlain() && event.getTag().isEmpty() && event.getValue().equals("<<");
        var sized = new YamlFrame.Sized(
                new Yaml.Scalar(place, go ? GoScalars.text(event) : event.getValue(), kind, false), 0, 1, merges);
        event.getAnchor().ifPresent(anchor -> anchors.put(anchor, sized));
        add(sized, place);
    }

    /// What no document of the file has as an anchor may be a password that begins with `*`.
    private String noAnchor(Anchor alias) {
        var earlier = anchorsOfEarlier.contains(alias);
        var what = !earlier && nextIsSecret()
                ? "is an alias that has no anchor before it (quote a text that begins with *)"
                : "*%s has no anchor &%s before it".formatted(alias, alias);
        var why = earlier
                ? "the one in an earlier document of this file is not seen here, documents share none: write it into"
                        + " this one too"
                : "one in another document or file is not seen, as YAML has it: write it into this document";
        return what + "; " + why
                + (dialect == YamlDialect.CORE ? ", or what is common into defaults in holdfast.yaml" : "");
    }

    private void alias(AliasEvent event) {
        var place = place(event.getStartMark());
        var anchored = anchors.get(event.getAlias());
        if (openAnchors.contains(event.getAlias())) {
            problems.error(place, "", "*%s is used inside of itself".formatted(event.getAlias()));
        } else if (anchored == null) {
            missing(event.getAlias(), place);
        } else {
            add(anchored, place);
            return;
        }
        add(new YamlFrame.Sized(new Yaml.Scalar(place, "", Yaml.Kind.NULL, false), 0, 1, false), place);
    }

    /// Told where it is missed first: a file that came out of a larger one misses the same at every service.
    private void missing(Anchor alias, Yaml.Place place) {
        unresolved.add(place);
        if (nextIsSecret() || missed.add(alias)) {
            problems.error(place, "", noAnchor(alias));
        }
    }

    private boolean nextIsSecret() {
        var frame = open.peek();
        return frame != null && frame.nextIsSecret();
    }

    private String unknownTag(String tag) {
        if (dialect == YamlDialect.GO) {
            return "has a tag that does not fit what follows; remove it, or quote a text that begins with !";
        }
        return nextIsSecret()
                ? "has an unknown tag; remove it, or quote a text that begins with !"
                : "unknown tag %s; remove it".formatted(tag);
    }

    private void start(CollectionStartEvent event, boolean mapping) {
        var place = place(event.getStartMark());
        if (open.size() >= MAX_DEPTH) {
            throw new TooMuch(place, "is nested deeper than %d levels".formatted(MAX_DEPTH));
        }
        event.getTag()
                .filter(_ -> dialect == YamlDialect.CORE)
                .filter(tag -> !tag.equals(mapping ? "tag:yaml.org,2002:map" : "tag:yaml.org,2002:seq"))
                .ifPresent(tag -> problems.error(place, "", unknownTag(tag)));
        event.getAnchor().ifPresent(openAnchors::add);
        open.push(new YamlFrame(place, mapping, event.getAnchor().orElse(null), open.peek(), unresolved, problems));
    }

    private void end() {
        var frame = open.pop();
        var sized = frame.close();
        if (frame.anchor != null) {
            openAnchors.remove(frame.anchor);
            anchors.put(frame.anchor, sized);
        }
        add(sized, frame.place);
    }

    private void add(YamlFrame.Sized sized, Yaml.Place place) {
        if (open.size() + sized.height() > MAX_DEPTH) {
            throw new TooMuch(place, "is nested deeper than %d levels".formatted(MAX_DEPTH));
        }
        var parent = open.peek();
        if (parent == null) {
            root = sized;
            return;
        }
        values = parent.add(sized, place);
        if (values > MAX_VALUES) {
            throw new TooMuch(place, "holds more than %,d values, aliases counted".formatted(MAX_VALUES));
        }
    }

    private Yaml.Place place(Optional<Mark> mark) {
        return mark.map(this::place).orElse(Yaml.Place.of(file));
    }

    private Yaml.Place place(Mark mark) {
        return new Yaml.Place(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    /// Ends the reading of a file that would cost more than it can be worth.
    private static final class TooMuch extends RuntimeException {
        private final Yaml.Place place;
        private final String message;

        TooMuch(Yaml.Place place, String message) {
            super(message, null, false, false);
            this.place = place;
            this.message = message;
        }
    }
}
