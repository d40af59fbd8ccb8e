/// Stack files: Compose files as `docker stack deploy` of the newest Docker client reads them, into records. What the
/// client refuses is an error, what it drops without a word a warning, each with its place. Knows nothing of apps.
@NullMarked
package dev.holdfast.compose;

import org.jspecify.annotations.NullMarked;
