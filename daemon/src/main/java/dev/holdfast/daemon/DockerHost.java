package dev.holdfast.daemon;

import dev.holdfast.engine.EngineAddress;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.jspecify.annotations.Nullable;

/// Where an engine listens, as [EngineAddress] understands it.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@Constraint(validatedBy = DockerHost.Validator.class)
@interface DockerHost {

    String message() default "must be unix:///… or tcp://…";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    final class Validator implements ConstraintValidator<DockerHost, String> {

        @Override
        public boolean isValid(@Nullable String text, ConstraintValidatorContext context) {
            var fault = text == null ? null : fault(text);
            if (fault != null) {
                Faults.say(context, fault);
            }
            return fault == null;
        }

        private static @Nullable String fault(String text) {
            // The pattern beside this constraint says what else is wrong.
            var formed = text.startsWith("unix:///") || text.startsWith("tcp://");
            return formed ? EngineAddress.fault(text).orElse(null) : null;
        }
    }
}
