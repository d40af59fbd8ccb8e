/// Tests of [dev.holdfast.yaml].
@NullMarked
package dev.holdfast.yaml;

import org.jspecify.annotations.NullMarked;
