/// The command `holdfast`: a command is its options and a short `call()` that checks, wires, and returns an exit code.
///
/// Uses everything.
@NullMarked
package dev.holdfast.cli;

import org.jspecify.annotations.NullMarked;
