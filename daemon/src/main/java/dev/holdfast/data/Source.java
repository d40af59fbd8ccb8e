package dev.holdfast.data;

import dev.holdfast.app.Directory;
import dev.holdfast.app.Scratch;
import dev.holdfast.ledger.Claim;
import dev.holdfast.live.Mount;

/// What a claim is a claim on, wherever it is: a volume's name or a host path.
public record Source(Claim.Kind kind, String name) implements Comparable<Source> {

    public static Source of(Directory directory) {
        return new Source(directory.volume() != null ? Claim.Kind.VOLUME : Claim.Kind.BIND, directory.source());
    }

    public static Source of(Scratch scratch) {
        return new Source(scratch.volume() != null ? Claim.Kind.VOLUME : Claim.Kind.BIND, scratch.source());
    }

    /// @param volume whether it is a volume, and not a path of the host
    public static Source of(boolean volume, String name) {
        return new Source(volume ? Claim.Kind.VOLUME : Claim.Kind.BIND, name);
    }

    public static Source of(Mount mount) {
        return new Source(mount.isVolume() ? Claim.Kind.VOLUME : Claim.Kind.BIND, mount.source());
    }

    public static Source of(Claim claim) {
        return new Source(claim.kind(), claim.name());
    }

    public static Source of(Claim.Key key) {
        return new Source(key.kind(), key.name());
    }

    public Claim.Key on(String node) {
        return new Claim.Key(kind, name, node);
    }

    public boolean isVolume() {
        return kind == Claim.Kind.VOLUME;
    }

    /// Whether a mount of that source reaches the same data: the same volume, or a path equal to, above or below
    /// this one.
    public boolean overlaps(Source other) {
        return kind == other.kind && (isIn(other) || other.isIn(this));
    }

    /// Whether this is the same volume, or that folder or one below it.
    public boolean isIn(Source folder) {
        return kind == folder.kind && (name.equals(folder.name) || !isVolume() && isBelow(name, folder.name));
    }

    /// Whether `path` lies below `folder`.
    public static boolean isBelow(String path, String folder) {
        return path.length() > folder.length() && path.startsWith(folder.endsWith("/") ? folder : folder + "/");
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
