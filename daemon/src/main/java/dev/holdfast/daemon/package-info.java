/// The scheduled reconciler: settings, the Quartz job, signals and events, HTTP, systemd, start and stop.
///
/// Uses all but [dev.holdfast.cli].
@NullMarked
package dev.holdfast.daemon;

import org.jspecify.annotations.NullMarked;
