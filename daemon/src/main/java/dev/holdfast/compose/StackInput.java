package dev.holdfast.compose;

import java.util.List;
import java.util.Map;

/// What is to be read as one stack.
///
/// @param stack its name
/// @param files paths in the repository, each merged over those before it; other paths in them are seen from the
///     folder of the first
/// @param variables for `${NAME}`, for variables without a value, and for `~` (`HOME`)
public record StackInput(String stack, List<String> files, Map<String, String> variables) {}
