package dev.holdfast.yaml;

import dev.holdfast.value.TidyPath;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;

/// An absolute path without `..`: claims are compared as text, so two spellings of a directory would look like two
/// directories. Records keep the one that [TidyPath] makes of the others.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.TYPE_USE})
@Constraint(validatedBy = CleanPath.Validator.class)
public @interface CleanPath {

    /// What the path is for.
    Use value();

    String message() default "must be an absolute path";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    int LONGEST = 4096;

    enum Use {
        /// A directory of the host that holds data.
        DATA,
        /// A file or directory of the host that is only read; may be `/`.
        HOST,
        /// A place in the container.
        TARGET;

        /// As many slashes and `/./` as there are, which count as one slash.
        private static final String MORE = "(?:/\\.?)*";

        /// A part of a path; what follows it may be the target in a short form.
        private static final String PART = MORE + "/(?!\\.{1,2}(?:[/:]|$))[^/:\\x00\\n]+";

        private static final String DOCKER = MORE + "/var" + MORE + "/lib" + MORE + "/docker(?:[/:]|$)";

        /// What [Validator#fault] lets through, but for its length.
        public String pattern() {
            return switch (this) {
                case DATA -> "(?!" + DOCKER + ")(?:" + PART + ")+" + MORE;
                case HOST -> "(?:/\\.?)+|(?:" + PART + ")+" + MORE;
                case TARGET -> "(?:" + PART + ")+" + MORE;
            };
        }
    }

    final class Validator implements ConstraintValidator<CleanPath, String> {
        private Use use = Use.DATA;

        /// What is wrong with a path, or null.
        static @Nullable String fault(String written, Use use) {
            var path = TidyPath.of(written);
            if (!path.startsWith("/")) {
                return use != Use.TARGET && TidyPath.isRelative(path)
                        ? TidyPath.relative(path.startsWith("~") ? path : "PATH", "TARGET")
                        : "must be an absolute path";
            }
            if (path.equals("/")) {
                return use == Use.HOST ? null : "must not be the root directory";
            }
            if (path.indexOf('\0') >= 0 || path.indexOf('\n') >= 0 || path.indexOf(':') >= 0) {
                return "must not contain a colon or a control character";
            }
            if ((path + "/").contains("/../")) {
                return TidyPath.withoutParents(path);
            }
            if (use == Use.DATA && (path + "/").startsWith("/var/lib/docker/")) {
                return "must not be below the engine's own directory /var/lib/docker";
            }
            return path.length() > LONGEST ? "is too long" : null;
        }

        @Override
        public void initialize(CleanPath annotation) {
            use = annotation.value();
        }

        @Override
        public boolean isValid(@Nullable String path, ConstraintValidatorContext context) {
            var fault = path == null ? null : fault(path, use);
            if (fault == null) {
                return true;
            }
            context.disableDefaultConstraintViolation();
            // It is no template: nothing in it is to be filled in.
            var text = fault.replaceAll("[\\\\{}$]", "\\\\$0");
            context.buildConstraintViolationWithTemplate(text).addConstraintViolation();
            return false;
        }
    }
}
