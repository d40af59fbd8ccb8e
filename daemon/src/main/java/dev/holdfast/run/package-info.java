/// One run, for every command: reads what it starts from, plans, applies under the lock, and tells what came of it
/// ([dev.holdfast.run.Reconciler]).
///
/// Uses all but [dev.holdfast.daemon] and [dev.holdfast.cli].
@NullMarked
package dev.holdfast.run;

import org.jspecify.annotations.NullMarked;
