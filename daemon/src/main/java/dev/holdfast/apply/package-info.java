/// Carries a plan out: the only writer to the Swarm. One class per step, run in order by
/// [dev.holdfast.apply.Executor]; each app ends in an [dev.holdfast.apply.Outcome].
///
/// Uses [dev.holdfast.plan], [dev.holdfast.ledger], [dev.holdfast.live] and [dev.holdfast.engine].
@NullMarked
package dev.holdfast.apply;

import org.jspecify.annotations.NullMarked;
