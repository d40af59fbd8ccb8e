/// Tests of [dev.holdfast.run].
@NullMarked
package dev.holdfast.run;

import org.jspecify.annotations.NullMarked;
