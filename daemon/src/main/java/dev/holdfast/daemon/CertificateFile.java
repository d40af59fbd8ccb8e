package dev.holdfast.daemon;

import dev.holdfast.net.Certificates;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The absolute path of a file that holds certificates.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@Constraint(validatedBy = CertificateFile.Validator.class)
@interface CertificateFile {

    String message() default "must hold certificates (PEM)";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    final class Validator implements ConstraintValidator<CertificateFile, String> {

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
                Certificates.of(Path.of(text));
                return null;
            } catch (IOException e) {
                return "must hold certificates (PEM): " + e.getMessage();
            } catch (InvalidPathException e) {
                return "must be a path";
            }
        }
    }
}
