/// Files for what others have made: from a Compose file, a CapRover template or a running service to app files. Pure:
/// values in, texts and notes out.
@NullMarked
package dev.holdfast.migrate;

import org.jspecify.annotations.NullMarked;
