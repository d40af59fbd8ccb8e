/// Tests of what Holdfast remembers and sees; those that end in `IT` need a real Swarm.
@NullMarked
package dev.holdfast.ledger;

import org.jspecify.annotations.NullMarked;
