/// Tests of the configuration repository: real repositories over real transports.
@NullMarked
package dev.holdfast.git;

import org.jspecify.annotations.NullMarked;
