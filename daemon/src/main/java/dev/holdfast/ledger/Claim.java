package dev.holdfast.ledger;

import org.jspecify.annotations.Nullable;

/// One persistent directory of an app on one node, as the ledger remembers it.
///
/// @param name the volume's name, or the host path
/// @param node the node's ID
/// @param hostname what that node was called when the claim was last written
/// @param app the app that has it, or had it last
/// @param target where it was mounted last
/// @param identity what tells this data from other data of the same name: a volume's creation time, a directory's
///     `device:inode`; null until a survey has seen it
/// @param givenUp when and by which commit the app stopped owning it; null while it is owned
public record Claim(
        Kind kind,
        String name,
        String node,
        String hostname,
        String app,
        String target,
        boolean readOnly,
        @Nullable String identity,
        @Nullable GivenUp givenUp) {

    public enum Kind {
        VOLUME,
        BIND;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /// @param since RFC 3339, UTC
    /// @param commit the commit that gave the claim up; null where it is not known
    /// @param revertible whether reverting that very commit gives it back; false where nobody has asked
    public record GivenUp(String since, @Nullable String commit, boolean revertible) {
        public GivenUp(String since, @Nullable String commit) {
            this(since, commit, false);
        }
    }

    /// What makes two claims the same: kind, name and node.
    public record Key(Kind kind, String name, String node) {}

    public Key key() {
        return new Key(kind, name, node);
    }

    public Claim withIdentity(@Nullable String seen) {
        return new Claim(kind, name, node, hostname, app, target, readOnly, seen, givenUp);
    }

    /// The same data, of the same machine under another ID.
    public Claim on(String otherId) {
        return new Claim(kind, name, otherId, hostname, app, target, readOnly, identity, givenUp);
    }

    Claim withHostname(String known) {
        return new Claim(kind, name, node, known, app, target, readOnly, identity, givenUp);
    }

    public Claim withGivenUp(@Nullable GivenUp when) {
        return new Claim(kind, name, node, hostname, app, target, readOnly, identity, when);
    }
}
