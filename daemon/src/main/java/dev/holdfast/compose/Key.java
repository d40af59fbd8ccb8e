package dev.holdfast.compose;

/// One key of a mapping in a Compose file.
///
/// @param since the minor version of the format that has it first
/// @param nullable whether nothing may stand behind it
record Key<T>(String name, int since, boolean nullable, Grammar<? extends T> grammar, Merge<T> merge) {

    static <T> Key<T> of(String name, Grammar<? extends T> grammar, Merge<T> merge) {
        return new Key<>(name, 0, false, grammar, merge);
    }

    /// A key of which a later file's value counts, unless it is an empty one.
    static <T> Key<T> of(String name, Grammar<? extends T> grammar) {
        return of(name, grammar, Merges.later());
    }

    Key<T> since(int version) {
        return new Key<>(name, version, nullable, grammar, merge);
    }

    Key<T> orNothing() {
        return new Key<>(name, since, true, grammar, merge);
    }
}
