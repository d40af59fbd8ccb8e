/// Tests of what decides while a plan is carried out, by values.
@NullMarked
package dev.holdfast.apply;

import org.jspecify.annotations.NullMarked;
