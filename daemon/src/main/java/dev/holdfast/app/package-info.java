/// What a configuration repository says: the records of an app file and of `holdfast.yaml` with their constraints, and
/// the rules that hold between them.
///
/// Uses [dev.holdfast.yaml] and [dev.holdfast.value]: no Git, no engine, no clock.
@NullMarked
package dev.holdfast.app;

import org.jspecify.annotations.NullMarked;
