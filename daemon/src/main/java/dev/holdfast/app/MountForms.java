package dev.holdfast.app;

import dev.holdfast.value.TidyPath;
import dev.holdfast.yaml.At;
import dev.holdfast.yaml.CleanPath;
import dev.holdfast.yaml.Form;
import dev.holdfast.yaml.Patterns;
import dev.holdfast.yaml.RecordForm;
import dev.holdfast.yaml.Yaml;
import dev.holdfast.yaml.YamlTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an app mounts, as people write it: `SOURCE:TARGET[:ro]`, or a mapping.
final class MountForms {

    private static final String SOURCE_AND_TARGET = "(?:%s|%s):%s(?::ro|:rw)?"
            .formatted(Patterns.VOLUME_NAME, CleanPath.Use.DATA.pattern(), CleanPath.Use.TARGET.pattern());

    private static final Set<String> IN_SHORT = Set.of("volume", "host", "target", "read_only");

    private MountForms() {}

    /// A volume or host directory, and where the app sees it.
    private record Short(@Nullable String volume, @Nullable String host, String target, boolean readOnly) {

        static @Nullable Short read(Yaml.Scalar node, At at) {
            var parts = List.of(node.text().split(":", -1));
            if (!node.isText() || parts.size() < 2 || parts.size() > 3 || parts.contains("")) {
                return at.wrongValue(node, "must be NAME:TARGET[:ro] or /HOST/PATH:TARGET[:ro]");
            }
            if (parts.size() == 3 && !List.of("ro", "rw").contains(parts.get(2))) {
                return at.wrongValue(node, "can only end in :ro or :rw");
            }
            var source = parts.get(0);
            if (TidyPath.isRelative(source)) {
                return at.wrongValue(node, TidyPath.relative(source, parts.get(1)));
            }
            var host = source.startsWith("/");
            return new Short(
                    host ? null : source,
                    host ? source : null,
                    parts.get(1),
                    parts.size() == 3 && parts.get(2).equals("ro"));
        }

        /// The short form where it can say all.
        Yaml write(Yaml.Mapping written) {
            var only = written.entries().stream().map(Yaml.Entry::key).allMatch(IN_SHORT::contains);
            var text = (volume != null ? volume : host) + ":" + target + (readOnly ? ":ro" : "");
            return only && text.matches(SOURCE_AND_TARGET) ? YamlTree.text(text) : written;
        }

        /// Whether just one of the two is there, as far as both could be read.
        ///
        /// @return null where a problem has been reported
        @Nullable
        Boolean isOneSource(Yaml node, At at) {
            if (at.reading().hasFailedBelow(at.path() + ".volume")
                    || at.reading().hasFailedBelow(at.path() + ".host")) {
                return volume == null && host == null ? null : true;
            }
            if ((volume == null) == (host == null)) {
                return at.wrong(
                        node,
                        volume == null
                                ? "must name a volume, or a host path that exists on the node"
                                : "must have volume or host, not both");
            }
            return true;
        }
    }

    /// `NAME:TARGET[:ro]` or `/HOST/PATH:TARGET[:ro]`, or a mapping.
    private abstract static class OfMount<T extends Record> implements Form<T> {
        private final RecordForm<T> longForm;

        OfMount(Class<T> type) {
            this.longForm = RecordForm.of(type);
        }

        abstract T of(Short text);

        /// The same, with what a key means that is not there.
        T told(T mount, Yaml node) {
            return mount;
        }

        /// What of it the short form can say.
        abstract Short toShort(T mount);

        @Override
        public @Nullable T read(Yaml node, At at) {
            if (node instanceof Yaml.Scalar scalar) {
                var text = Short.read(scalar, at);
                return text == null ? null : of(text);
            }
            var read = longForm.read(node, at);
            var mount = read == null ? null : told(read, node);
            return mount == null || toShort(mount).isOneSource(node, at) == null ? null : mount;
        }

        @Override
        public Yaml write(T mount) {
            return toShort(mount).write(longForm.write(mount));
        }

        @Override
        public Map<String, Object> schema() {
            return ShortForms.either(Map.of("type", "string", "pattern", Patterns.whole(SOURCE_AND_TARGET)), longForm);
        }
    }

    static final class OfDirectory extends OfMount<Directory> {
        OfDirectory() {
            super(Directory.class);
        }

        @Override
        Directory of(Short text) {
            return new Directory(text.volume, text.host, text.target, text.readOnly);
        }

        @Override
        Directory told(Directory directory, Yaml node) {
            return directory.read(node instanceof Yaml.Mapping mapping && mapping.get("read_only") != null);
        }

        @Override
        Short toShort(Directory directory) {
            return new Short(directory.volume(), directory.host(), directory.target(), directory.readOnly());
        }
    }

    /// The same, of what is no data.
    static final class OfScratch extends OfMount<Scratch> {
        OfScratch() {
            super(Scratch.class);
        }

        @Override
        Scratch of(Short text) {
            return new Scratch(text.volume, text.host, text.target, text.readOnly);
        }

        @Override
        Short toShort(Scratch scratch) {
            return new Short(scratch.volume(), scratch.host(), scratch.target(), scratch.readOnly());
        }
    }

    /// `SOURCE[:TARGET[:ro|:rw]]`, or a mapping.
    static final class OfHostPath implements Form<HostPath> {
        private static final RecordForm<HostPath.Long> LONG = RecordForm.of(HostPath.Long.class);

        @Override
        public @Nullable HostPath read(Yaml node, At at) {
            if (node instanceof Yaml.Mapping) {
                var path = LONG.read(node, at);
                return path == null || at.reading().hasFailedBelow(at.path() + ".source") ? null : path.path();
            }
            if (!(node instanceof Yaml.Scalar scalar) || !scalar.isText()) {
                return at.wrongValue(node, "must be SOURCE[:TARGET], or a mapping with source");
            }
            var parts = new ArrayList<>(List.of(scalar.text().split(":", -1)));
            var writable = parts.size() == 3 && parts.get(2).equals("rw");
            if (writable || parts.size() == 3 && parts.get(2).equals("ro")) {
                parts.removeLast();
            }
            if (parts.size() > 2 || parts.contains("")) {
                return at.wrongValue(node, "must be SOURCE[:TARGET]");
            }
            if (TidyPath.isRelative(parts.getFirst())) {
                return at.wrongValue(node, TidyPath.relative(parts.getFirst(), parts.getLast()));
            }
            return new HostPath(parts.getFirst(), parts.getLast(), writable);
        }

        @Override
        public Yaml write(HostPath path) {
            var both = path.source() + ":" + path.target();
            return YamlTree.text(
                    path.writable() ? both + ":rw" : path.source().equals(path.target()) ? path.source() : both);
        }

        @Override
        public Map<String, Object> schema() {
            var target = CleanPath.Use.TARGET.pattern();
            var pattern = "%s|(?:%s):%s(?::ro|:rw)?".formatted(target, CleanPath.Use.HOST.pattern(), target);
            return ShortForms.either(Map.of("type", "string", "pattern", Patterns.whole(pattern)), LONG);
        }
    }
}
