/// Files that SOPS has encrypted: reads its five formats, opens the data key with age or PGP keys, checks the MAC. What
/// was decrypted stays in memory.
@org.jspecify.annotations.NullMarked
package dev.holdfast.sops;
