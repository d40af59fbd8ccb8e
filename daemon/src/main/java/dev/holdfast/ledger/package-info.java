/// What Holdfast remembers: the [dev.holdfast.ledger.Ledger] of claims, kept in the Swarm itself.
///
/// Uses [dev.holdfast.live] and [dev.holdfast.engine].
@NullMarked
package dev.holdfast.ledger;

import org.jspecify.annotations.NullMarked;
