package dev.holdfast.daemon;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The absolute path of a file that is there and can be read: better found out at the start than at the first fetch.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@Constraint(validatedBy = ReadableFile.Validator.class)
@interface ReadableFile {

    String message() default "must be a file that can be read";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    final class Validator implements ConstraintValidator<ReadableFile, String> {

        @Override
        public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
            var fault = text == null ? null : fault(text);
            if (fault != null) {
                Faults.say(context, fault);
            }
            return fault == null;
        }

        private static @Nullable String fault(String text) {
            if (!text.startsWith("/")) {
                return "must be an absolute path";
            }
            try {
                var file = Path.of(text);
                if (!Files.exists(file)) {
                    return "there is no such file";
                }
                if (!Files.isRegularFile(file)) {
                    return "must be a file";
                }
                if (!Files.isReadable(file)) {
                    return "must be readable for the daemon's user";
                }
                return Files.readString(file, StandardCharsets.ISO_8859_1).isBlank() ? "is empty" : null;
            } catch (IOException e) {
                return "cannot be read: " + e.getMessage();
            } catch (InvalidPathException e) {
                return "must be a path";
            }
        }
    }
}
