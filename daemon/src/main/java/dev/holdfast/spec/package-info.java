/// From an app to the spec of its service, and how a live service differs from it, in the words of the app file.
///
/// Uses the values of [dev.holdfast.data], [dev.holdfast.live], [dev.holdfast.app], [dev.holdfast.engine],
/// [dev.holdfast.yaml] and [dev.holdfast.value].
@NullMarked
package dev.holdfast.spec;

import org.jspecify.annotations.NullMarked;
