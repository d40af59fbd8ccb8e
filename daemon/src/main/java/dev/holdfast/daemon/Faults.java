package dev.holdfast.daemon;

import jakarta.validation.ConstraintValidatorContext;

/// How constraints say what is wrong in words of their own.
final class Faults {

    private Faults() {}

    static void say(ConstraintValidatorContext context, String message) {
        context.disableDefaultConstraintViolation();
        context.buildConstraintViolationWithTemplate(literal(message)).addConstraintViolation();
    }

    static void sayOf(ConstraintValidatorContext context, String component, String message) {
        context.disableDefaultConstraintViolation();
        context.buildConstraintViolationWithTemplate(literal(message))
                .addPropertyNode(component)
                .addConstraintViolation();
    }

    /// A message that quotes a person's text must not be taken for a template.
    private static String literal(String message) {
        return message.replaceAll("([\\\\{}$])", "\\\\$1");
    }
}
