package dev.holdfast.yaml;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.hibernate.validator.HibernateValidator;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;

/// Checks the constraints on records and says where in the file each broken one is.
public final class Constraints {

    private static final Validator VALIDATOR = Validation.byProvider(HibernateValidator.class)
            .configure()
            .messageInterpolator(new ParameterMessageInterpolator(Set.of(Locale.ENGLISH), Locale.ENGLISH, false))
            .buildValidatorFactory()
            .getValidator();

    private Constraints() {}

    public static void check(Object record, Reading reading) {
        var seen = new HashSet<String>();
        for (var violation : sorted(VALIDATOR.validate(record))) {
            var path = pathOf(violation, reading);
            var message = violation.getMessage() + got(reading, path, violation.getInvalidValue());
            // One text of a file may fill two components, such as the source and target of a short form.
            if (!reading.hasFailed(path) && seen.add(reading.placeOf(path) + message)) {
                reading.error(path, message);
            }
        }
    }

    /// In an order that is the same each time, which the validator's is not.
    private static <T> List<ConstraintViolation<T>> sorted(Set<ConstraintViolation<T>> violations) {
        return violations.stream()
                .sorted(Comparator.comparing((ConstraintViolation<T> violation) ->
                                violation.getPropertyPath().toString())
                        .thenComparing(ConstraintViolation::getMessage))
                .toList();
    }

    private static String got(Reading reading, String path, Object value) {
        return value instanceof String || value instanceof Number ? reading.got(path, value.toString()) : "";
    }

    /// The path in the words of the file: `ports[0].published` for the record's own `ports[0].published`, with the
    /// index
    /// that the member has in the file.
    private static String pathOf(ConstraintViolation<?> violation, Reading reading) {
        var path = new StringBuilder();
        for (var node : violation.getPropertyPath()) {
            if (node.getIndex() != null) {
                var index = reading.fileIndex(path.toString(), node.getIndex());
                path.append('[').append(index).append(']');
            }
            if (node.getKey() != null) {
                path.append('.').append(node.getKey());
            }
            if (node.getKind() == ElementKind.PROPERTY && node.getName() != null) {
                path.append(path.isEmpty() ? "" : ".").append(RecordKey.snakeCase(node.getName()));
            }
        }
        return path.toString();
    }
}
