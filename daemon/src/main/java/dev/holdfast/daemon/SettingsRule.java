package dev.holdfast.daemon;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// One of the [SettingsRules], on a text or on a record whose components must fit together.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.TYPE})
@Constraint(validatedBy = SettingsRules.class)
@interface SettingsRule {

    enum Kind {
        /// A text that [Interval#parse] understands.
        INTERVAL,
        /// The absolute path of a file that is there and can be read: better found out at the start than at the
        /// first fetch.
        READABLE_FILE,
        /// The absolute path of a file that holds certificates.
        CERTIFICATE_FILE,
        /// The absolute path of a directory, or of one that can be made.
        STATE_DIRECTORY,
        /// An address of this machine and a port that can be listened on.
        LISTEN_ADDRESS,
        /// Where an engine listens.
        DOCKER_HOST,
        /// An engine whose keys are there, if it is spoken to over TLS.
        ENGINE,
        /// A repository whose URL and credentials fit together.
        REPOSITORY
    }

    Kind value();

    String message() default "must be as the documentation says";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
