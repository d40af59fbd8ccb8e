/// Plain values that files, the engine and people spell in different ways: images, paths, lengths of time, sizes. Each
/// is read and printed in one place.
///
/// Uses nothing else of ours.
@NullMarked
package dev.holdfast.value;

import org.jspecify.annotations.NullMarked;
