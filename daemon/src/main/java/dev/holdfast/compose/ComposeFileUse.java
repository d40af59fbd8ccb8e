package dev.holdfast.compose;

import dev.holdfast.yaml.Yaml;

/// A secret or config that a service gets as a file.
///
/// @param source its key in the stack
/// @param mode permission bits, as the engine gets them
public record ComposeFileUse(Yaml.Place at, String source, String target, String uid, String gid, int mode) {}
