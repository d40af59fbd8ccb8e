/// Tests of [dev.holdfast.survey].
@NullMarked
package dev.holdfast.survey;

import org.jspecify.annotations.NullMarked;
