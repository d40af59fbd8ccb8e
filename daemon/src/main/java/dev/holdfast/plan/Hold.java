package dev.holdfast.plan;

/// An app, or a removal, that is left exactly as it runs because going on could lose data.
///
/// @param code a stable word, listed in the README
/// @param message what would be lost, or cannot be known
/// @param allow the lines to write, or what to do, to go on; empty where only time or a node can help
public record Hold(String app, String code, String message, String allow) {}
