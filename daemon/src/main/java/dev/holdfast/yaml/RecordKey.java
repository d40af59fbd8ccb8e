package dev.holdfast.yaml;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One key of a mapping and the component of the record that it fills.
///
/// @param required whether the file must have it
/// @param absent the component's value where the key is absent
record RecordKey(
        String name,
        int index,
        RecordComponent component,
        Form<?> form,
        boolean required,
        @Nullable Object absent) {

    static RecordKey of(RecordComponent component, int index) {
        var form = Forms.of(component, component.getAnnotatedType());
        var name = snakeCase(component.getName());
        var absent = absent(component, form);
        var nullable = isNullable(component);
        return new RecordKey(name, index, component, form, !nullable && absent == null, absent);
    }

    /// The component's value in this record.
    @Nullable
    Object of(Record value) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }

    @SuppressWarnings("unchecked")
    Yaml write(Object part) {
        return ((Form<Object>) form).write(part);
    }

    static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static @Nullable Object absent(RecordComponent component, Form<?> form) {
        var byDefault = component.getAnnotation(Default.class);
        if (byDefault != null) {
            return defaultOf(component, form, byDefault.value());
        }
        if (isNullable(component)) {
            return null;
        }
        if (component.getType() == boolean.class) {
            return false;
        }
        if (component.getType() == List.class) {
            return List.of();
        }
        if (component.getType() == Map.class) {
            return Map.of();
        }
        return form instanceof RecordForm<?> section ? section.empty() : null;
    }

    private static Object defaultOf(RecordComponent component, Form<?> form, String text) {
        var place = Yaml.Place.of("default of " + component);
        var problems = new Problems();
        var node = new Yaml.Scalar(place, text, YamlKinds.kind(text), false);
        var value = form.read(node, new At(new Reading(problems, node, RecordForm.of(NoRecord.class)), ""));
        return Objects.requireNonNull(value, () -> problems.sorted().toString());
    }

    /// What stands in for a required value that is missing or wrong, so that the rest can be checked; null where
    /// there can be no such thing.
    @Nullable
    Object placeholder() {
        var type = component.getType();
        if (type == String.class) {
            return "";
        }
        if (type == int.class) {
            return 0;
        }
        return type == long.class ? 0L : null;
    }

    /// A component may end with `_` where Java does not allow the key itself as its name, as for `notify`.
    static String snakeCase(String name) {
        return name.replaceAll("_$", "").replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    private record NoRecord() {}
}
