/// Tests of [dev.holdfast.spec].
@NullMarked
package dev.holdfast.spec;

import org.jspecify.annotations.NullMarked;
