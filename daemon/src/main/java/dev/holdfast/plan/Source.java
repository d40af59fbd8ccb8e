package dev.holdfast.plan;

import dev.holdfast.app.Directory;
import dev.holdfast.ledger.Claim;
import dev.holdfast.live.Mount;

/// What a claim is a claim on, wherever it is: a volume's name or a host path.
record Source(Claim.Kind kind, String name) implements Comparable<Source> {

    static Source of(Directory directory) {
        return new Source(directory.volume() != null ? Claim.Kind.VOLUME : Claim.Kind.BIND, directory.source());
    }

    static Source of(Mount mount) {
        return new Source(mount.isVolume() ? Claim.Kind.VOLUME : Claim.Kind.BIND, mount.source());
    }

    static Source of(Claim claim) {
        return new Source(claim.kind(), claim.name());
    }

    Claim.Key on(String node) {
        return new Claim.Key(kind, name, node);
    }

    boolean isVolume() {
        return kind == Claim.Kind.VOLUME;
    }

    /// Whether a mount of that source reaches the same data: the same volume, or a path equal to, above or below
    /// this one.
    boolean overlaps(Source other) {
        return kind == other.kind
                && (name.equals(other.name) || !isVolume() && (isBelow(name, other.name) || isBelow(other.name, name)));
    }

    /// Whether `path` lies below `folder`.
    static boolean isBelow(String path, String folder) {
        return path.startsWith(folder.endsWith("/") ? folder : folder + "/");
    }

    @Override
    public int compareTo(Source other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return kind.word() + ":" + name;
    }
}
