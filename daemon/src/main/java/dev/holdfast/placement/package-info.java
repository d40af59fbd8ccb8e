/// Whether a node can hold a task, as Swarm's scheduler asks it: constraints, room, ports. Pure functions of values.
///
/// Uses the values of [dev.holdfast.spec], [dev.holdfast.live] and [dev.holdfast.value].
@NullMarked
package dev.holdfast.placement;

import org.jspecify.annotations.NullMarked;
