package dev.holdfast.data;

import java.util.Optional;

/// Who made a commit and what it says. The ledger keeps only the commit's name; the repository knows the rest.
@FunctionalInterface
public interface CommitLookup {

    CommitLookup NONE = sha -> Optional.empty();

    /// @return nothing where the repository does not have it
    Optional<About> about(String sha);

    record About(String author, String subject) {}
}
