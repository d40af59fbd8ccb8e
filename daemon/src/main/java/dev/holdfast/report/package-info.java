/// What people and robots read: values in, text, JSON or Markdown out. Secrets never get this far unredacted.
///
/// Uses values of the other packages only.
@NullMarked
package dev.holdfast.report;

import org.jspecify.annotations.NullMarked;
