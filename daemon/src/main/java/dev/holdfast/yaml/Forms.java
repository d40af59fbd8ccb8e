package dev.holdfast.yaml;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Finds the form of a record's component: its [ReadAs] or [OneOf] where it has one, else what its type says.
final class Forms {

    private Forms() {}

    static Form<?> of(AnnotatedElement annotations, AnnotatedType type) {
        var readAs = either(annotations, type, ReadAs.class);
        if (readAs != null) {
            return create(readAs.value());
        }
        var oneOf = either(annotations, type, OneOf.class);
        if (oneOf != null) {
            return new TextForms.Choice(List.of(oneOf.value()));
        }
        if (type instanceof AnnotatedParameterizedType generic) {
            var arguments = generic.getAnnotatedActualTypeArguments();
            var last = arguments[arguments.length - 1];
            var raw = ((ParameterizedType) type.getType()).getRawType();
            if (raw == List.class) {
                return new ListForm<>(of(last, last));
            }
            if (raw == Map.class) {
                return last.getType() == String.class
                        ? new MapForm<>(new TextForms.Loose())
                        : new MapForm<>(of(last, last));
            }
        }
        return ofClass(type.getType());
    }

    private static <A extends java.lang.annotation.Annotation> @Nullable A either(
            AnnotatedElement component, AnnotatedElement type, Class<A> annotation) {
        var onComponent = component.getAnnotation(annotation);
        return onComponent != null ? onComponent : type.getAnnotation(annotation);
    }

    private static Form<?> ofClass(Type type) {
        if (type == String.class) {
            return new TextForms.Strict();
        }
        if (type == boolean.class || type == Boolean.class) {
            return new NumberForms.Truth();
        }
        if (type == int.class || type == Integer.class) {
            return new NumberForms.Whole();
        }
        if (type == long.class || type == Long.class) {
            return new NumberForms.Big();
        }
        if (type == double.class || type == Double.class) {
            return new NumberForms.Ratio();
        }
        if (type == BigDecimal.class) {
            return new NumberForms.Cpus();
        }
        if (type == Duration.class) {
            return new DurationForm();
        }
        if (type instanceof Class<?> record && record.isRecord()) {
            var readAs = record.getAnnotation(ReadAs.class);
            return readAs != null ? create(readAs.value()) : RecordForm.of(record.asSubclass(Record.class));
        }
        throw new IllegalArgumentException("no form for " + type);
    }

    private static Form<?> create(Class<? extends Form<?>> form) {
        try {
            var constructor = form.getDeclaredConstructor();
            constructor.setAccessible(true);
            return Objects.requireNonNull(constructor.newInstance());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(form + " needs a constructor without parameters", e);
        }
    }
}
