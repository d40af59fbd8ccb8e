/// What Holdfast remembers, and what it has seen: the [dev.holdfast.ledger.Ledger] of claims, kept in the Swarm itself;
/// the Swarm-wide lock; and the [dev.holdfast.ledger.Survey] of what really exists on the nodes' disks.
///
/// Uses [dev.holdfast.engine] and [dev.holdfast.live].
@NullMarked
package dev.holdfast.ledger;

import org.jspecify.annotations.NullMarked;
