package dev.holdfast.compose;

import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// The log driver.
///
/// @param driver null where only options are given
public record ComposeLogging(@Nullable String driver, SortedMap<String, String> options) {}
