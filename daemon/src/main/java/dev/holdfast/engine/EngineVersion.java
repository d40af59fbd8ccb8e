package dev.holdfast.engine;

/// @param engine such as `28.5.2`
/// @param api such as `1.51`, the newest that the engine speaks, and what it is spoken to with
public record EngineVersion(String engine, String api) {

    /// Whether the engine's API is at least this one.
    public boolean atLeast(String wanted) {
        return number(api) >= number(wanted);
    }

    private static long number(String version) {
        var parts = version.split("\\.");
        return Long.parseLong(parts[0]) * 1000 + (parts.length > 1 ? Long.parseLong(parts[1]) : 0);
    }
}
