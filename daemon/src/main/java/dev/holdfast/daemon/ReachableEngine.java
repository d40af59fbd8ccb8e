package dev.holdfast.daemon;

import dev.holdfast.daemon.DaemonSettings.DockerSettings;
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

/// An engine whose keys are there, if it is spoken to over TLS.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Constraint(validatedBy = ReachableEngine.Validator.class)
@interface ReachableEngine {

    String message() default "must fit together";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    final class Validator implements ConstraintValidator<ReachableEngine, DockerSettings> {

        @Override
        public boolean isValid(@Nullable DockerSettings settings, ConstraintValidatorContext context) {
            if (settings == null
                    || settings.host() == null
                    || EngineAddress.fault(settings.host()).isPresent()) {
                return true;
            }
            try {
                settings.address();
                return true;
            } catch (IllegalArgumentException e) {
                Faults.sayOf(
                        context, settings.certPath() == null ? "host" : "certPath", String.valueOf(e.getMessage()));
                return false;
            }
        }
    }
}
