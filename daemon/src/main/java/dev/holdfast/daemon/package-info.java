/// The scheduled reconciler: settings, the Quartz job, one run from repository to outcome
/// ([dev.holdfast.daemon.Reconciler]), systemd, start and stop.
///
/// Uses everything but [dev.holdfast.cli].
@NullMarked
package dev.holdfast.daemon;

import org.jspecify.annotations.NullMarked;
