/// Records from YAML, and back to a JSON Schema: places, problems, constraints, variables, and what may not be repeated
/// because it may be a secret. Knows no file of Holdfast.
///
/// Uses [dev.holdfast.value] only.
@NullMarked
package dev.holdfast.yaml;

import org.jspecify.annotations.NullMarked;
