package dev.holdfast.app;

import dev.holdfast.yaml.Doc;
import dev.holdfast.yaml.PairsForms;
import dev.holdfast.yaml.ReadAs;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The log driver and its options.
@Doc("The log driver and its options.")
public record Logging(
        @Doc("Such as json-file, local or journald.") @Nullable
        String driver,

        @ReadAs(PairsForms.Settings.class) @Doc("Options of the driver.")
        Map<String, String> options) {}
