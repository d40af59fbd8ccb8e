package dev.holdfast.app;

import dev.holdfast.yaml.At;
import dev.holdfast.yaml.Default;
import dev.holdfast.yaml.Doc;
import dev.holdfast.yaml.Form;
import dev.holdfast.yaml.NumberForms;
import dev.holdfast.yaml.OneOf;
import dev.holdfast.yaml.Patterns;
import dev.holdfast.yaml.ReadAs;
import dev.holdfast.yaml.RecordForm;
import dev.holdfast.yaml.Refuses;
import dev.holdfast.yaml.Yaml;
import dev.holdfast.yaml.YamlTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Published ports: `8080:80/tcp`, ranges such as `8080-8082:80-82`, or the long form.
final class PortsForm implements Form<List<Port>> {

    private static final String FORM = "(?:(?<ip>%1$s):)??(?:(?<published>%2$s(?:-%2$s)?)?:)?(?<target>%2$s(?:-%2$s)?)"
            + "(?:/(?<protocol>%3$s))?";

    /// Lets more through than there is, for messages that say what is wrong.
    private static final Pattern SHORT = Pattern.compile(FORM.formatted("[^/]*?", "[0-9]{1,5}", "[A-Za-z]+"));

    private static final List<String> EVERYWHERE = List.of("0.0.0.0", "[::]", "::");
    private static final List<String> PROTOCOLS = List.of("tcp", "udp", "sctp");
    private static final int LAST = 65535;
    private static final RecordForm<LongPort> LONG = RecordForm.of(LongPort.class);

    /// The long form. `published` may be quoted, and may be a range in neither.
    @Doc("One published port in the long form.")
    @Refuses(RefusedKeys.class)
    record LongPort(
            @ReadAs(TargetPort.class) @Doc("Port in the container.")
            int target,

            @ReadAs(PortNumber.class) @Doc("Port on the nodes; the engine picks one where it is absent.") @Nullable
            Integer published,

            @OneOf({"tcp", "udp", "sctp"}) @Default("tcp") String protocol,

            @OneOf({"ingress", "host"})
            @Default("ingress")
            @Doc("ingress: every node listens. host: only nodes that run the app do.")
            String mode) {}

    /// A span of ports, both ends included.
    private record Span(int first, int last) {
        static Span of(String text) {
            var ends = text.split("-", 2);
            return new Span(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]));
        }

        int size() {
            return last - first + 1;
        }

        boolean isValid() {
            return first >= 1 && last <= LAST && first <= last;
        }
    }

    @Override
    public @Nullable List<Port> read(Yaml node, At at) {
        if (!(node instanceof Yaml.Sequence sequence)) {
            return at.wrongKind(node, "must be a list such as [\"8080:80\"]");
        }
        var ports = new ArrayList<Port>();
        var indexes = new ArrayList<Integer>();
        for (var i = 0; i < sequence.items().size(); i++) {
            var item = sequence.items().get(i);
            var child = at.item(i, item);
            ports.addAll(item instanceof Yaml.Scalar scalar ? readShort(scalar, child) : readLong(item, child));
            while (indexes.size() < ports.size()) {
                indexes.add(i);
            }
        }
        at.reading().rememberIndexes(at.path(), indexes);
        return List.copyOf(ports);
    }

    private static List<Port> readLong(Yaml node, At at) {
        var port = LONG.read(node, at);
        if (port == null || at.reading().hasFailedBelow(at.path() + ".target")) {
            return List.of();
        }
        return List.of(new Port(port.target(), port.published(), port.protocol(), port.mode()));
    }

    private static List<Port> readShort(Yaml.Scalar node, At at) {
        var match = SHORT.matcher(node.text());
        if (node.text().length() > 100 || !match.matches()) {
            at.wrongValue(node, "must be a port such as 80, \"8080:80\" or \"8080-8082:80-82/udp\"");
            return List.of();
        }
        if (match.group("ip") != null && !EVERYWHERE.contains(match.group("ip"))) {
            at.wrong(
                    node,
                    "Swarm cannot bind to one address, the port opens on every node; remove "
                            + (at.reading().got(at.path(), match.group("ip")).isEmpty()
                                    ? "it"
                                    : "\"%s:\"".formatted(match.group("ip"))));
            return List.of();
        }
        var protocol = match.group("protocol") == null
                ? "tcp"
                : match.group("protocol").toLowerCase(Locale.ROOT);
        if (!PROTOCOLS.contains(protocol)) {
            at.wrongValue(node, "must be of protocol tcp, udp or sctp");
            return List.of();
        }
        return spans(match, protocol, node, at);
    }

    private static List<Port> spans(Matcher match, String protocol, Yaml.Scalar node, At at) {
        var target = Span.of(match.group("target"));
        var published = match.group("published") == null ? null : Span.of(match.group("published"));
        if (!target.isValid() || (published != null && !published.isValid())) {
            at.wrongValue(node, "must have ports from 1 to 65535, the smaller first");
            return List.of();
        }
        var size = published == null ? target.size() : published.size();
        if (published != null && target.size() != 1 && target.size() != size) {
            at.wrongValue(node, "must have ranges of one length");
            return List.of();
        }
        var ports = new ArrayList<Port>();
        for (var i = 0; i < size; i++) {
            var inside = target.size() == 1 ? target.first() : target.first() + i;
            ports.add(new Port(inside, published == null ? null : published.first() + i, protocol, "ingress"));
        }
        return ports;
    }

    /// Ports that follow each other are one range.
    @Override
    public Yaml write(List<Port> ports) {
        var items = new ArrayList<Yaml>();
        for (var i = 0; i < ports.size(); ) {
            var length = 1;
            while (i + length < ports.size() && follows(ports.get(i), ports.get(i + length), length)) {
                length++;
            }
            items.add(write(ports.get(i), length));
            i += length;
        }
        return YamlTree.list(items);
    }

    private static boolean follows(Port first, Port other, int distance) {
        var published = first.published();
        return published != null
                && other.equals(
                        new Port(first.target() + distance, published + distance, first.protocol(), first.mode()))
                && other.mode().equals("ingress");
    }

    private static Yaml write(Port port, int length) {
        if (!port.mode().equals("ingress")) {
            return LONG.write(new LongPort(port.target(), port.published(), port.protocol(), port.mode()));
        }
        var published = port.published() == null ? "" : range(port.published(), length) + ":";
        var protocol = port.protocol().equals("tcp") ? "" : "/" + port.protocol();
        return YamlTree.text(published + range(port.target(), length) + protocol);
    }

    private static String range(int first, int length) {
        return length == 1 ? "" + first : first + "-" + (first + length - 1);
    }

    @Override
    public List<Port> absent() {
        return List.of();
    }

    @Override
    public Map<String, Object> schema() {
        var shortForm = Map.<String, Object>of(
                "type",
                List.of("string", "integer"),
                "pattern",
                Patterns.whole(exactShort()),
                "minimum",
                1,
                "maximum",
                LAST);
        return Map.of("type", "array", "items", Map.of("anyOf", List.of(shortForm, LONG.schema())));
    }

    /// Without the names of groups, which not every validator of schemas knows.
    private static String exactShort() {
        var addresses = String.join("|", EVERYWHERE).replaceAll("[.\\[\\]]", "\\\\$0");
        var protocols = PROTOCOLS.stream().map(PortsForm::inAnyCase).collect(Collectors.joining("|"));
        return FORM.formatted(addresses, Patterns.PORT, protocols).replaceAll("\\?<[a-z]+>", "?:");
    }

    private static String inAnyCase(String word) {
        return word.chars()
                .mapToObj(letter -> "[%c%c]".formatted(letter, Character.toUpperCase(letter)))
                .collect(Collectors.joining());
    }

    static final class TargetPort implements Form<Integer> {
        private static final NumberForms.Whole NUMBER = new NumberForms.Whole();

        @Override
        public @Nullable Integer read(Yaml node, At at) {
            var port = NUMBER.read(node, at);
            return port == null || (port >= 1 && port <= LAST)
                    ? port
                    : at.wrongValue(node, "must be a port from 1 to 65535");
        }

        @Override
        public Map<String, Object> schema() {
            return Map.of("type", "integer", "minimum", 1, "maximum", LAST);
        }
    }

    /// A port, quoted or not, as Compose allows for `published`.
    static final class PortNumber implements Form<Integer> {
        private static final String PATTERN = "0|" + Patterns.PORT;

        @Override
        public @Nullable Integer read(Yaml node, At at) {
            if (node instanceof Yaml.Scalar scalar && scalar.text().matches(PATTERN)) {
                var port = Integer.parseInt(scalar.text());
                return port == 0 ? null : port;
            }
            return at.wrongValue(node, "must be a port from 1 to 65535");
        }

        @Override
        public Map<String, Object> schema() {
            return Map.of(
                    "type",
                    List.of("integer", "string"),
                    "minimum",
                    0,
                    "maximum",
                    LAST,
                    "pattern",
                    Patterns.whole(PATTERN));
        }
    }
}
