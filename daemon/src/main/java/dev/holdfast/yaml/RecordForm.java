package dev.holdfast.yaml;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A mapping that becomes a record, key by key: the key of the component `stopGracePeriod` is `stop_grace_period`.
///
/// A component that is neither `@Nullable`, nor a list, mapping, boolean or section, nor has a [Default], is required.
/// A key with nothing behind it counts as absent. Where a value is wrong, the record is made without it, so that the
/// later checks can still look at the rest.
public final class RecordForm<R extends Record> implements Form<R> {

    private static final Map<Class<?>, RecordForm<?>> KNOWN = new ConcurrentHashMap<>();
    private static final Keys NO_KEYS = NoKeys.class.getAnnotation(Keys.class);

    private final Class<R> type;
    private final Constructor<R> constructor;
    private final Keys keys;
    private final Map<String, RecordKey> byKey = new LinkedHashMap<>();
    private final int size;

    private RecordForm(Class<R> type) {
        this.type = type;
        this.constructor = constructor(type);
        this.keys = type.isAnnotationPresent(Keys.class) ? type.getAnnotation(Keys.class) : NO_KEYS;
        var components = type.getRecordComponents();
        this.size = components.length;
        for (var i = 0; i < size; i++) {
            if (!components[i].isAnnotationPresent(NotInFiles.class)) {
                var key = RecordKey.of(components[i], i);
                byKey.put(key.name(), key);
            }
        }
    }

    @SuppressWarnings("unchecked")
    public static <R extends Record> RecordForm<R> of(Class<R> type) {
        var known = KNOWN.get(type);
        if (known == null) {
            known = new RecordForm<>(type);
            KNOWN.put(type, known);
        }
        return (RecordForm<R>) known;
    }

    Class<R> type() {
        return type;
    }

    Map<String, RecordKey> keys() {
        return byKey;
    }

    boolean allowsExtensions() {
        return keys.extensions();
    }

    /// The keyword for keys of which one must be there, or nothing.
    Map<String, Object> choices() {
        var given = Arrays.stream(keys.exactlyOne()).map(this::given).toList();
        var some = Arrays.stream(keys.atLeastOne()).map(this::given).toList();
        return !given.isEmpty() ? Map.of("oneOf", given) : some.isEmpty() ? Map.of() : Map.of("anyOf", some);
    }

    private Map<String, Object> given(String key) {
        var list = Objects.requireNonNull(byKey.get(key)).form() instanceof ListForm<?>;
        var value = list ? Map.of("type", "array", "minItems", 1) : Map.of("type", "string");
        return Map.of("required", List.of(key), "properties", Map.of(key, value));
    }

    @Override
    public @Nullable R read(Yaml node, At at) {
        if (Yaml.isNull(node)) {
            return read(new Yaml.Mapping(node.place(), List.of()), at);
        }
        if (!(node instanceof Yaml.Mapping mapping)) {
            return at.wrongKind(node, "must be a mapping (key: value)");
        }
        var values = new @Nullable Object[size];
        for (var entry : mapping.entries()) {
            var key = byKey.get(entry.key());
            if (key == null) {
                unknown(entry, at);
            } else if (!Yaml.isNull(entry.value())) {
                values[key.index()] = key.form().read(entry.value(), at.key(key.name(), entry.value()));
            }
        }
        return complete(mapping, values, at);
    }

    private @Nullable R complete(Yaml.Mapping mapping, @Nullable Object[] values, At at) {
        for (var key : byKey.values()) {
            if (values[key.index()] != null) {
                continue;
            }
            var path = at.path().isEmpty() ? key.name() : at.path() + "." + key.name();
            var failed = at.reading().hasFailedBelow(path);
            values[key.index()] = key.absent();
            if (key.required() && values[key.index()] == null) {
                if (!failed) {
                    at.reading().error(mapping.place(), path, "is missing");
                }
                values[key.index()] = key.placeholder();
                if (values[key.index()] == null) {
                    return null;
                }
            }
        }
        return create(values);
    }

    /// Only what differs from what holds where a key is absent.
    @Override
    public Yaml.Mapping write(R value) {
        var written = new LinkedHashMap<String, Yaml>();
        for (var key : byKey.values()) {
            var part = key.of(value);
            if (part != null && !part.equals(key.absent())) {
                written.put(key.name(), key.write(part));
            }
        }
        return YamlTree.mapping(written);
    }

    /// What would be written for one key of the record.
    public Yaml write(String key, Object value) {
        return Objects.requireNonNull(byKey.get(key), key).write(value);
    }

    private R create(@Nullable Object[] values) {
        try {
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be made", e);
        }
    }

    private void unknown(Yaml.Entry entry, At at) {
        if (keys.extensions() && entry.key().startsWith("x-")
                || Arrays.asList(keys.also()).contains(entry.key())) {
            return;
        }
        var told = isTold(entry.key(), at) ? entry.key() : "…";
        var path = at.path().isEmpty() ? told : at.path() + "." + told;
        at.reading().remember(path, entry.at());
        var why = at.reading().isFull(entry.at().file())
                ? "unknown key"
                : UnknownKeys.explain(this, told, at.reading().root());
        at.reading().error(entry.at(), path, why);
    }

    /// Where a value may be a secret, one that stands for a key by mistake is not repeated.
    private boolean isTold(String key, At at) {
        return at.path().isEmpty()
                || !Secrets.mayStandAt(at.path())
                || refusal(key) != null
                || Words.nearest(key, names()) != null;
    }

    /// Why that key is refused, and what to do instead; null where it is not known either.
    @Nullable
    String refusal(String key) {
        var refuses = type.getAnnotation(Refuses.class);
        try {
            return refuses == null
                    ? null
                    : refuses.value().getDeclaredConstructor().newInstance().sentence(type, key);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(refuses + " cannot be made", e);
        }
    }

    public List<String> names() {
        var names = new ArrayList<>(byKey.keySet());
        names.addAll(Arrays.asList(keys.also()));
        return names;
    }

    @Override
    public Map<String, Object> schema() {
        return Schemas.ofRecord(this);
    }

    @Override
    public RecordForm<?> section() {
        return this;
    }

    /// The record of an empty mapping, or null where it needs a key.
    @Nullable
    Object empty() {
        var values = new @Nullable Object[size];
        for (var key : byKey.values()) {
            values[key.index()] = key.absent();
            if (key.required() && values[key.index()] == null) {
                return null;
            }
        }
        return create(values);
    }

    private static <R extends Record> Constructor<R> constructor(Class<R> type) {
        var types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    @Keys
    private static final class NoKeys {}
}
