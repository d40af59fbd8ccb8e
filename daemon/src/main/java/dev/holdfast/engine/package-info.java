/// The Docker Engine's API: list, inspect, create, update, follow. Service specs travel as raw JSON trees, since every
/// typed model loses fields. There is no request here that could delete a volume, and no general "delete".
///
/// Uses nothing else of ours.
@NullMarked
package dev.holdfast.engine;

import org.jspecify.annotations.NullMarked;
