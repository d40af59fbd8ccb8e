/// What a configuration repository says: the records of an app file and of `holdfast.yaml` with their constraints, the
/// parser that fills them and knows where everything stood, and [dev.holdfast.app.Problem], what is wrong and where.
///
/// Uses nothing else of ours: no Git, no engine, no clock.
@NullMarked
package dev.holdfast.app;

import org.jspecify.annotations.NullMarked;
