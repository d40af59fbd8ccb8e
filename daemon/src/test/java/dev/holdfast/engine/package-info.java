/// Tests of [dev.holdfast.engine].
@NullMarked
package dev.holdfast.engine;

import org.jspecify.annotations.NullMarked;
