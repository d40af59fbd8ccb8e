/// Registries: whose credentials they are shown, and what digest a tag means now. They are asked through the engine,
/// which trusts what the nodes trust.
@NullMarked
package dev.holdfast.registry;

import org.jspecify.annotations.NullMarked;
