/// Who has which data, under whatever name, and which data nobody owns any more. Pure functions of values.
///
/// Uses the values of [dev.holdfast.survey], [dev.holdfast.ledger], [dev.holdfast.live], [dev.holdfast.app] and
/// [dev.holdfast.value].
@NullMarked
package dev.holdfast.data;

import org.jspecify.annotations.NullMarked;
