package dev.holdfast.app;

import dev.holdfast.value.ByteSize;
import dev.holdfast.yaml.At;
import dev.holdfast.yaml.CleanPath;
import dev.holdfast.yaml.Form;
import dev.holdfast.yaml.ListForm;
import dev.holdfast.yaml.NumberForms;
import dev.holdfast.yaml.Patterns;
import dev.holdfast.yaml.RecordForm;
import dev.holdfast.yaml.Yaml;
import dev.holdfast.yaml.YamlTree;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Things that have a short spelling, one text with colons, beside the long one or instead of it.
final class ShortForms {

    private ShortForms() {}

    static Map<String, Object> either(Map<String, Object> shortForm, Form<?> longForm) {
        return Map.of("anyOf", List.of(shortForm, longForm.schema()));
    }

    /// The name of a secret or config, or a mapping.
    static final class OfFileReference implements Form<FileReference> {
        private static final RecordForm<FileReference> LONG = RecordForm.of(FileReference.class);

        @Override
        public @Nullable FileReference read(Yaml node, At at) {
            if (node instanceof Yaml.Scalar scalar && scalar.isText()) {
                return new FileReference(scalar.text(), null, null, null, null);
            }
            if (!(node instanceof Yaml.Mapping)) {
                return at.wrongKind(node, "must be a name, or a mapping with source");
            }
            var reference = LONG.read(node, at);
            return reference == null || at.reading().hasFailedBelow(at.path() + ".source") ? null : reference;
        }

        @Override
        public Yaml write(FileReference reference) {
            var written = LONG.write(reference);
            return written.entries().size() == 1 ? YamlTree.text(reference.source()) : written;
        }

        @Override
        public Map<String, Object> schema() {
            return either(Map.of("type", "string"), LONG);
        }
    }

    /// One number, or `{soft: …, hard: …}`.
    static final class OfUlimit implements Form<Ulimit> {
        private static final RecordForm<Ulimit> LONG = RecordForm.of(Ulimit.class);
        private static final NumberForms.Big NUMBER = new NumberForms.Big();

        @Override
        public @Nullable Ulimit read(Yaml node, At at) {
            if (node instanceof Yaml.Mapping) {
                var before = at.reading().hasFailedBelow(at.path());
                var limit = LONG.read(node, at);
                if (limit == null || before || at.reading().hasFailedBelow(at.path())) {
                    return null;
                }
                return limit.hard() >= 0 && limit.soft() > limit.hard()
                        ? at.wrong(node, "must not have a soft limit above the hard one")
                        : limit;
            }
            var number = NUMBER.read(node, at);
            return number == null ? null : new Ulimit(number, number);
        }

        @Override
        public Yaml write(Ulimit limit) {
            return limit.soft() == limit.hard() ? NUMBER.write(limit.soft()) : LONG.write(limit);
        }

        @Override
        public Map<String, Object> schema() {
            return either(NUMBER.schema(), LONG);
        }
    }

    /// `TARGET[:size=64m,mode=1777]`, one or a list of them.
    static final class OfTmpfs implements Form<List<Tmpfs>> {
        private static final ListForm<Tmpfs> LIST = new ListForm<>(new OneTmpfs());

        @Override
        public @Nullable List<Tmpfs> read(Yaml node, At at) {
            if (node instanceof Yaml.Scalar) {
                var one = LIST.item().read(node, at);
                return one == null ? null : List.of(one);
            }
            return LIST.read(node, at);
        }

        @Override
        public Yaml write(List<Tmpfs> list) {
            return LIST.write(list);
        }

        @Override
        public List<Tmpfs> absent() {
            return List.of();
        }

        @Override
        public Map<String, Object> schema() {
            return Map.of("anyOf", List.of(LIST.item().schema(), LIST.schema()));
        }
    }

    private static final class OneTmpfs implements Form<Tmpfs> {
        private static final Pattern MODE = Pattern.compile("[0-7]{3,5}");
        private static final String OPTION = "(?:size=%s|mode=%s)".formatted(ByteSize.PATTERN, MODE);

        @Override
        public @Nullable Tmpfs read(Yaml node, At at) {
            if (!(node instanceof Yaml.Scalar scalar) || !scalar.isText()) {
                return at.wrongValue(node, "must be text such as /run or /tmp:size=64m,mode=1777");
            }
            var parts = scalar.text().split(":", 2);
            Long size = null;
            Integer mode = null;
            for (var option : parts.length == 1 ? new String[0] : parts[1].split(",", -1)) {
                var pair = option.split("=", 2);
                var value = pair.length == 2 ? pair[1] : "";
                var known = false;
                if (pair[0].equals("size")) {
                    size = ByteSize.parse(value).map(ByteSize::bytes).orElse(null);
                    known = size != null;
                } else if (pair[0].equals("mode")) {
                    mode = MODE.matcher(value).matches() ? Integer.valueOf(value, 8) : null;
                    known = mode != null;
                }
                if (!known) {
                    return at.wrong(
                            node,
                            "can only have the options size=64m and mode=1777"
                                    + at.reading().got(at.path(), option));
                }
            }
            return new Tmpfs(parts[0], size, mode);
        }

        @Override
        public Yaml write(Tmpfs tmpfs) {
            var options = new ArrayList<String>();
            if (tmpfs.sizeBytes() != null) {
                options.add("size=" + new ByteSize(tmpfs.sizeBytes()).exact().toLowerCase(Locale.ROOT));
            }
            if (tmpfs.mode() != null) {
                options.add("mode="
                        + "0"
                                .repeat(Math.max(
                                        0,
                                        3 - Integer.toOctalString(tmpfs.mode()).length()))
                        + Integer.toOctalString(tmpfs.mode()));
            }
            return YamlTree.text(tmpfs.target() + (options.isEmpty() ? "" : ":" + String.join(",", options)));
        }

        @Override
        public Map<String, Object> schema() {
            var pattern = "%s(?::%s(?:,%s)*)?".formatted(CleanPath.Use.TARGET.pattern(), OPTION, OPTION);
            return Map.of("type", "string", "pattern", Patterns.whole(pattern));
        }
    }

    /// `HOST:IP` or `HOST=IP` in a list, or a mapping. An IPv6 address may stand in brackets.
    static final class OfExtraHosts implements Form<List<ExtraHost>> {
        private static final Pattern ITEM = Pattern.compile("([^=:\\s]+)[=:](\\S+)");
        private static final Pattern IPV4 =
                Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])(?:\\.(?!$)|$)){4}");

        @Override
        public @Nullable List<ExtraHost> read(Yaml node, At at) {
            var hosts = new ArrayList<ExtraHost>();
            switch (node) {
                case Yaml.Mapping mapping -> {
                    for (var entry : mapping.entries()) {
                        var child = at.key(entry.key(), entry.value());
                        var text =
                                entry.value() instanceof Yaml.Scalar scalar && scalar.isText() ? scalar.text() : null;
                        if (text == null) {
                            child.wrongValue(entry.value(), "must be an IP address");
                        } else {
                            add(hosts, entry.key(), text, entry.value(), child);
                        }
                    }
                    hosts.sort(java.util.Comparator.comparing(ExtraHost::host));
                }
                case Yaml.Sequence sequence -> {
                    for (var i = 0; i < sequence.items().size(); i++) {
                        var item = sequence.items().get(i);
                        var child = at.item(i, item);
                        var match = ITEM.matcher(item instanceof Yaml.Scalar scalar ? scalar.text() : "");
                        if (match.matches()) {
                            add(hosts, match.group(1), match.group(2), item, child);
                        } else {
                            child.wrongValue(item, "must be HOST:IP");
                        }
                    }
                }
                case Yaml.Scalar _ -> {
                    return at.wrongKind(node, "must be a list (- HOST:IP) or a mapping (HOST: IP)");
                }
            }
            at.reading().rememberIndexes(at.path(), List.of());
            return List.copyOf(hosts);
        }

        private static void add(List<ExtraHost> hosts, String host, String ip, Yaml node, At at) {
            var address = withoutBrackets(ip);
            if (isAddress(address)) {
                hosts.add(new ExtraHost(host, address));
            } else {
                at.wrongValue(node, "must be an IP address");
            }
        }

        private static boolean isAddress(String text) {
            if (text.equals("host-gateway") || IPV4.matcher(text).matches()) {
                return true;
            }
            try {
                return text.indexOf(':') >= 0 && InetAddress.ofLiteral(text) != null;
            } catch (IllegalArgumentException none) {
                return false;
            }
        }

        private static String withoutBrackets(String ip) {
            return ip.startsWith("[") && ip.endsWith("]") ? ip.substring(1, ip.length() - 1) : ip;
        }

        @Override
        public Yaml write(List<ExtraHost> hosts) {
            return YamlTree.texts(hosts.stream()
                    .map(host -> host.host() + (host.ip().indexOf(':') < 0 ? ":" : "=") + host.ip())
                    .toList());
        }

        @Override
        public List<ExtraHost> absent() {
            return List.of();
        }

        @Override
        public Map<String, Object> schema() {
            return Map.of(
                    "anyOf",
                    List.of(
                            Map.of("type", "object", "additionalProperties", Map.of("type", "string")),
                            Map.of(
                                    "type",
                                    "array",
                                    "items",
                                    Map.of("type", "string", "pattern", Patterns.whole(ITEM.pattern())))));
        }
    }
}
