/// One consistent picture of the Swarm, read in a handful of list calls and never written.
///
/// Uses [dev.holdfast.engine].
@NullMarked
package dev.holdfast.live;

import org.jspecify.annotations.NullMarked;
