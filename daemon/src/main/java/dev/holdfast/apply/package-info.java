/// Carries a plan out: the writer of services. [dev.holdfast.apply.ExecutionOrder] says in which order, as a value, and
/// [dev.holdfast.apply.Executor] follows it; each app ends in an [dev.holdfast.apply.Outcome].
@NullMarked
package dev.holdfast.apply;

import org.jspecify.annotations.NullMarked;
