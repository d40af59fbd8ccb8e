/// The one lock of a cluster in the whole Swarm: who holds it may write.
///
/// Uses [dev.holdfast.live] and [dev.holdfast.engine].
@NullMarked
package dev.holdfast.lock;

import org.jspecify.annotations.NullMarked;
