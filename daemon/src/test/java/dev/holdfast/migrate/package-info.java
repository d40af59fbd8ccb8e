/// Tests of [dev.holdfast.migrate].
@NullMarked
package dev.holdfast.migrate;

import org.jspecify.annotations.NullMarked;
