/// One consistent picture of the Swarm, read in a handful of list calls and never written.
///
/// Uses [dev.holdfast.engine] and [dev.holdfast.value].
@NullMarked
package dev.holdfast.live;

import org.jspecify.annotations.NullMarked;
