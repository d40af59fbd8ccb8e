package dev.holdfast.app;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The log driver and its options.
public record Logging(@Nullable String driver, Map<String, String> options) {}
