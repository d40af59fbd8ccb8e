package dev.holdfast.daemon;

import dev.holdfast.daemon.DaemonSettings.DockerSettings;
import dev.holdfast.daemon.DaemonSettings.RepositorySettings;
import dev.holdfast.engine.EngineAddress;
import dev.holdfast.net.Certificates;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What settings must be besides their form, as far as it can be told at the start: files that are there, addresses
/// that are this machine's.
public final class SettingsRules implements ConstraintValidator<SettingsRule, Object> {

    private SettingsRule.Kind kind = SettingsRule.Kind.INTERVAL;

    /// @param component of the record that it is the fault of; empty where the rule is for one text
    record Fault(String component, String message) {}

    @Override
    public void initialize(SettingsRule rule) {
        kind = rule.value();
    }

    @Override
    public boolean isValid(@Nullable Object value, ConstraintValidatorContext context) {
        var faults = value == null ? List.<Fault>of() : faults(value);
        for (var fault : faults) {
            context.disableDefaultConstraintViolation();
            var violation = context.buildConstraintViolationWithTemplate(literal(fault.message()));
            if (fault.component().isEmpty()) {
                violation.addConstraintViolation();
            } else {
                violation.addPropertyNode(fault.component()).addConstraintViolation();
            }
        }
        return faults.isEmpty();
    }

    /// A message that quotes a person's text must not be taken for a template.
    private static String literal(String message) {
        return message.replaceAll("([\\\\{}$])", "\\\\$1");
    }

    private List<Fault> faults(Object value) {
        return switch (value) {
            case RepositorySettings repository -> RepositoryRules.faults(repository);
            case DockerSettings docker -> faults(docker);
            default ->
                fault(value.toString()).map(message -> new Fault("", message)).stream()
                        .toList();
        };
    }

    private Optional<String> fault(String text) {
        try {
            return switch (kind) {
                case INTERVAL -> interval(text);
                case READABLE_FILE -> file(text);
                case CERTIFICATE_FILE -> certificates(text);
                case STATE_DIRECTORY -> directory(Path.of(text));
                case LISTEN_ADDRESS -> ListenAddress.fault(text);
                case DOCKER_HOST -> host(text);
                case ENGINE, REPOSITORY -> throw new IllegalStateException("no rule for a text: " + kind);
            };
        } catch (InvalidPathException e) {
            return Optional.of("must be a path");
        }
    }

    private static Optional<String> interval(String text) {
        try {
            Interval.parse(text);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> file(String text) {
        if (!text.startsWith("/")) {
            return Optional.of("must be an absolute path");
        }
        var file = Path.of(text);
        if (!Files.exists(file)) {
            return Optional.of("there is no such file");
        }
        if (!Files.isRegularFile(file)) {
            return Optional.of("must be a file");
        }
        if (!Files.isReadable(file)) {
            return Optional.of("must be readable for the daemon's user");
        }
        try {
            var empty = Files.readString(file, StandardCharsets.ISO_8859_1).isBlank();
            return empty ? Optional.of("is empty") : Optional.empty();
        } catch (IOException e) {
            return Optional.of("cannot be read: " + e.getMessage());
        }
    }

    private static Optional<String> certificates(String text) {
        if (!text.startsWith("/")) {
            return Optional.of("must be an absolute path");
        }
        try {
            Certificates.of(Path.of(text));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("must hold certificates (PEM): " + e.getMessage());
        }
    }

    private static Optional<String> directory(Path path) {
        for (Path at = path; at != null; at = at.getParent()) {
            if (Files.exists(at)) {
                return Files.isDirectory(at)
                        ? Optional.empty()
                        : Optional.of(at.equals(path) ? "must be a directory" : at + " must be a directory");
            }
        }
        return Optional.empty();
    }

    /// The pattern beside this rule says what else is wrong.
    private static Optional<String> host(String text) {
        return text.startsWith("unix:///") || text.startsWith("tcp://") ? EngineAddress.fault(text) : Optional.empty();
    }

    private static List<Fault> faults(DockerSettings settings) {
        if (settings.host() == null || EngineAddress.fault(settings.host()).isPresent()) {
            return List.of();
        }
        try {
            settings.address();
            return List.of();
        } catch (IllegalArgumentException e) {
            var component = settings.certPath() == null ? "host" : "certPath";
            return List.of(new Fault(component, String.valueOf(e.getMessage())));
        }
    }
}
