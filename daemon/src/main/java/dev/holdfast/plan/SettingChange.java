package dev.holdfast.plan;

import org.jspecify.annotations.Nullable;

/// A key that only Holdfast reads and that changes. No service differs by it and nothing restarts, but it decides how
/// later runs go about their work.
///
/// @param app the app in whose file it stands; empty for `holdfast.yaml`
/// @param path such as `timeout`, `brakes.max_removals`
/// @param before as it would stand in a file; null where it was not there
/// @param after null where it will not be there
public record SettingChange(
        String app,
        String path,
        @Nullable String before,
        @Nullable String after) {}
