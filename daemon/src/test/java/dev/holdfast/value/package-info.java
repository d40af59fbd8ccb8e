/// Tests of [dev.holdfast.value].
@NullMarked
package dev.holdfast.value;

import org.jspecify.annotations.NullMarked;
