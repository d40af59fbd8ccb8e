/// The [dev.holdfast.survey.Survey]: a look at what really exists on the nodes' disks, by a job that the Swarm itself
/// runs.
///
/// Uses [dev.holdfast.lock], [dev.holdfast.ledger], [dev.holdfast.live] and [dev.holdfast.engine].
@NullMarked
package dev.holdfast.survey;

import org.jspecify.annotations.NullMarked;
