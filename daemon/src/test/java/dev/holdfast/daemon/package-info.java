/// Tests of the daemon.
@NullMarked
package dev.holdfast.daemon;

import org.jspecify.annotations.NullMarked;
