/// Whether a node can hold a task, as Swarm's scheduler asks it: constraints, room, ports. Pure functions of values.
///
/// Uses the values of [dev.holdfast.spec] and [dev.holdfast.live].
@NullMarked
package dev.holdfast.placement;

import org.jspecify.annotations.NullMarked;
