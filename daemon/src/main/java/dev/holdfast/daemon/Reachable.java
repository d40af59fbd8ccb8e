package dev.holdfast.daemon;

import dev.holdfast.daemon.DaemonSettings.RepositorySettings;
import dev.holdfast.git.RepositoryLocation;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A repository whose URL and credentials fit together.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Constraint(validatedBy = Reachable.Validator.class)
@interface Reachable {

    String message() default "must fit together";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    final class Validator implements ConstraintValidator<Reachable, RepositorySettings> {

        private static final Pattern URL = Pattern.compile("(?:(?:https?|ssh|file)://|/|[^/:\\s]+:).+");
        private static final Pattern SSH = Pattern.compile("ssh://.*|(?![^/]*://)[^/:]+:.*");
        private static final Pattern PASSWORD = Pattern.compile("https?://[^/@]*@.*|[a-z]+://[^/@]*:[^/@]*@.*");

        @Override
        public boolean isValid(@Nullable RepositorySettings settings, ConstraintValidatorContext context) {
            if (settings == null || settings.url().isEmpty()) {
                return true;
            }
            var url = settings.url();
            if (PASSWORD.matcher(url).matches()) {
                Faults.sayOf(context, "url", "must hold no user and password: write username and password_file");
                return false;
            }
            if (!URL.matcher(url).matches() || url.contains("://") && !url.matches("(?:https?|ssh|file)://.+")) {
                Faults.sayOf(context, "url", "must be https://…, ssh://…, git@host:path, file://… or an absolute path");
                return false;
            }
            var valid = fits(context, "url", RepositoryLocation.faultOfUrl(url))
                    & fits(context, "branch", RepositoryLocation.faultOfRef(settings.branch()))
                    & fits(context, "path", RepositoryLocation.faultOfPath(settings.path()))
                    & fits(context, "username", faultOfUser(settings.username()));
            if (SSH.matcher(url).matches()) {
                if (settings.sshKeyFile() == null) {
                    Faults.sayOf(context, "sshKeyFile", "is missing: a repository over ssh needs it");
                    valid = false;
                }
                if (settings.knownHostsFile() == null) {
                    Faults.sayOf(
                            context,
                            "knownHostsFile",
                            "is missing: a repository over ssh needs it (ssh-keyscan HOST writes one)");
                    valid = false;
                }
            }
            if (settings.username() != null && settings.passwordFile() == null) {
                Faults.sayOf(context, "passwordFile", "is missing: there is a username");
                valid = false;
            }
            return valid;
        }

        private static boolean fits(ConstraintValidatorContext context, String component, @Nullable String fault) {
            if (fault != null) {
                Faults.sayOf(context, component, fault);
            }
            return fault == null;
        }

        /// A colon ends the user's name in what is sent.
        private static @Nullable String faultOfUser(@Nullable String user) {
            return user == null || user.matches("[^:\\p{Cntrl}]+") ? null : "must be a name without colon";
        }
    }
}
