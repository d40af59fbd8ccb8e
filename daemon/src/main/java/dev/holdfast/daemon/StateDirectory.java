package dev.holdfast.daemon;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The absolute path of a directory, or of one that can be made.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@Constraint(validatedBy = StateDirectory.Validator.class)
@interface StateDirectory {

    String message() default "must be a directory";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    final class Validator implements ConstraintValidator<StateDirectory, String> {

        @Override
        public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
            var fault = text == null ? null : fault(text);
            if (fault != null) {
                Faults.say(context, fault);
            }
            return fault == null;
        }

        private static @Nullable String fault(String text) {
            try {
                var path = Path.of(text);
                for (Path at = path; at != null; at = at.getParent()) {
                    if (Files.exists(at)) {
                        return Files.isDirectory(at)
                                ? null
                                : at.equals(path) ? "must be a directory" : at + " must be a directory";
                    }
                }
                return null;
            } catch (InvalidPathException e) {
                return "must be a path";
            }
        }
    }
}
