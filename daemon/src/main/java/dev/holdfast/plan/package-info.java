/// Decides. From values alone (what the repository says, what the Swarm is, what the ledger remembers, what a survey
/// saw) it makes a [dev.holdfast.plan.Plan]: pure functions, with no client, no clock and no logger inside.
///
/// Uses the values of [dev.holdfast.placement], [dev.holdfast.spec], [dev.holdfast.data], [dev.holdfast.survey],
/// [dev.holdfast.ledger], [dev.holdfast.live], [dev.holdfast.app], [dev.holdfast.yaml] and [dev.holdfast.value].
@NullMarked
package dev.holdfast.plan;

import org.jspecify.annotations.NullMarked;
