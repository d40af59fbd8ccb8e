package dev.holdfast.app;

import dev.holdfast.value.ImageReference;
import dev.holdfast.value.TidyPath;
import dev.holdfast.yaml.Default;
import dev.holdfast.yaml.Doc;
import dev.holdfast.yaml.Example;
import dev.holdfast.yaml.PairsForms;
import dev.holdfast.yaml.ReadAs;
import dev.holdfast.yaml.Refuses;
import dev.holdfast.yaml.TextForms;
import dev.holdfast.yaml.WordsForms;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One task that runs to its end before or after an app is changed, such as a migration. What it does not say is the
/// app's own, but for ports, health and data.
///
/// @param image null for the app's own
@Doc("A command that runs once for each change of the app, or a mapping.")
@ReadAs(HookForm.class)
@Refuses(RefusedKeys.class)
public record Hook(
        @ReadAs(WordsForms.Command.class)
        @Doc("What runs, in place of the app's command. Text is split as a shell would, without running one.")
        @Example("[\"./manage.py\", \"migrate\"]")
        List<String> command,

        @ReadAs(WordsForms.Command.class) @Doc("Replaces the app's entrypoint, and its command.")
        List<String> entrypoint,

        @ReadAs(ImageForm.class)
        @Pattern(
                regexp = ImageReference.PATTERN,
                message = "must be an image such as postgres:17 or registry.example.com/team/app:1.2; the repository is"
                        + " lower-case")
        @Doc("Another image than the app's new one.")
        @Nullable
        String image,

        @ReadAs(PairsForms.Environment.class)
        @Doc("Variables beside those of the app; where both have one, these count.")
        Map<String, String> environment,

        @ReadAs(TextForms.Loose.class) @Doc("Another user than the app's.") @Nullable
        String user,

        @Doc("Another directory to start in than the app's.") @Nullable
        String workingDir,

        @Default("10m") @Doc("How long it may take; then it is stopped, and has failed.")
        Duration timeout) {

    public static final Duration TIMEOUT = Duration.ofMinutes(10);

    public Hook {
        workingDir = workingDir == null ? null : TidyPath.of(workingDir);
    }

    /// When it runs.
    public enum When {
        BEFORE,
        AFTER;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public @Nullable Hook of(App app) {
            return this == BEFORE ? app.before() : app.after();
        }

        /// What its service is called.
        public String service(String app) {
            return app + "-" + word();
        }
    }

    /// One of which only the command is given.
    static Hook of(List<String> command) {
        return new Hook(command, List.of(), null, Map.of(), null, null, TIMEOUT);
    }

    /// What runs, in a few words.
    public String words() {
        var words = new java.util.ArrayList<>(entrypoint);
        words.addAll(command);
        var text = words.isEmpty() ? "the command of its image" : String.join(" ", words);
        return image == null ? text : text + " (" + image + ")";
    }
}
