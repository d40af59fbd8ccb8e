package dev.holdfast.app;

import dev.holdfast.yaml.Doc;
import dev.holdfast.yaml.Example;
import dev.holdfast.yaml.ReadAs;
import dev.holdfast.yaml.WordsForms;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the engine asks a container for its health. `test` is in the engine's own form: `[CMD, …]`, `[CMD-SHELL, …]` or
/// `[NONE]`; a string of the file became `CMD-SHELL`, `disable: true` became `[NONE]`.
public record Healthcheck(
        @ReadAs(WordsForms.HealthTest.class)
        @Doc("The command: text for the container's shell, or a list that begins with CMD, CMD-SHELL or NONE.")
        @Example("[\"CMD\", \"pg_isready\"]")
        List<String> test,

        @Doc("How long to wait between two checks.") @Nullable
        Duration interval,

        @Doc("How long one check may take.") @Nullable Duration timeout,

        @Min(value = 0, message = "must not be negative") @Doc("How many checks must fail in a row.") @Nullable
        Integer retries,

        @Doc("How long after the start a failing check does not count.") @Nullable
        Duration startPeriod,

        @Doc("How long to wait between two checks in the start period.") @Nullable
        Duration startInterval,

        @Doc("Switch off the check of the image.") boolean disable) {}
