package dev.holdfast.plan;

/// Something to know that stops nothing.
///
/// @param app the app; empty for the whole repository
/// @param code a stable word, listed in the README
public record Warning(String app, String code, String message) {}
