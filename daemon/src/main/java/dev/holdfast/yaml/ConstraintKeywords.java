package dev.holdfast.yaml;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the constraints on a record's component say, as far as a schema can. They are read where Java keeps them for a
/// component, on its type, and so also on the members of a list and the names of a mapping.
final class ConstraintKeywords {

    private ConstraintKeywords() {}

    static Map<String, Object> added(Map<String, Object> schema, AnnotatedType type) {
        var constrained = new LinkedHashMap<>(schema);
        ofText(constrained, type);
        ofNumber(constrained, type);
        if (type instanceof AnnotatedParameterizedType generic) {
            var arguments = generic.getAnnotatedActualTypeArguments();
            inside(constrained, "items", arguments[arguments.length - 1]);
            inside(constrained, "additionalProperties", arguments[arguments.length - 1]);
            if (arguments.length == 2 && schema.containsKey("additionalProperties")) {
                var names = added(Map.of(), arguments[0]);
                if (!names.isEmpty()) {
                    constrained.put("propertyNames", names);
                }
            }
        }
        return constrained;
    }

    @SuppressWarnings("unchecked")
    private static void inside(Map<String, Object> schema, String keyword, AnnotatedType type) {
        if (schema.get(keyword) instanceof Map<?, ?> child) {
            schema.put(keyword, added((Map<String, Object>) child, type));
        }
    }

    private static void ofText(Map<String, Object> schema, AnnotatedType type) {
        var pattern = type.getAnnotation(Pattern.class);
        if (pattern != null) {
            schema.put("pattern", Patterns.whole(pattern.regexp()));
        }
        var path = type.getAnnotation(CleanPath.class);
        if (path != null) {
            schema.put("pattern", Patterns.whole(path.value().pattern()));
            schema.put("maxLength", CleanPath.LONGEST);
        }
        var size = type.getAnnotation(Size.class);
        if (size != null && size.max() < Integer.MAX_VALUE) {
            schema.put("maxLength", size.max());
        }
        if (size != null && size.min() > 0) {
            schema.put("minLength", size.min());
        }
    }

    private static void ofNumber(Map<String, Object> schema, AnnotatedType type) {
        var min = type.getAnnotation(Min.class);
        if (min != null) {
            schema.put("minimum", min.value());
        }
        var max = type.getAnnotation(Max.class);
        if (max != null) {
            schema.put("maximum", max.value());
        }
        var least = type.getAnnotation(DecimalMin.class);
        if (least != null) {
            schema.put("minimum", new BigDecimal(least.value()));
        }
        var most = type.getAnnotation(DecimalMax.class);
        if (most != null) {
            schema.put("maximum", new BigDecimal(most.value()));
        }
    }
}
