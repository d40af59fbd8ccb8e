package dev.holdfast.data;

import dev.holdfast.ledger.Claim;
import org.jspecify.annotations.Nullable;

/// A claim of the ledger that no app in the repository owns any more.
///
/// @param presence whether it is there; `UNKNOWN` where its node could not be looked at
/// @param lastSeen RFC 3339; null where it was not seen in this run
/// @param author and subject of the commit that gave it up, where the repository knows it
/// @param cleanup the command that would remove it, to be run on its node; null where it is withheld
/// @param withheld why there is no such command; null where there is one
/// @param takeBack what to write or run to own it again
public record Orphan(
        Claim claim,
        Presence presence,
        @Nullable String lastSeen,
        @Nullable Long sizeBytes,
        @Nullable String author,
        @Nullable String subject,
        @Nullable String cleanup,
        @Nullable String withheld,
        String takeBack) {

    public enum Presence {
        PRESENT,
        GONE,
        UNKNOWN;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
