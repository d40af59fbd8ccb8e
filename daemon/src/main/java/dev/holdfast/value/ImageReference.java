package dev.holdfast.value;

import java.util.Locale;

/// The name of an image, taken apart: `[HOST[:PORT]/]PATH[:TAG][@DIGEST]`.
///
/// @param name without tag and digest, as it is written
/// @param tag empty where there is none
/// @param digest such as `sha256:…`; empty where it is not pinned
public record ImageReference(String name, String tag, String digest) {

    private static final String HOST = "[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?";
    private static final String DOMAIN = "(?:" + HOST + "(?:\\." + HOST + ")*|\\[[0-9a-fA-F:]+\\])(?::[0-9]{1,5})?";
    private static final String PART = "[a-z0-9]+(?:(?:\\.|__?|-+)[a-z0-9]+)*";

    /// A whole digest.
    public static final String DIGEST = "[A-Za-z][A-Za-z0-9+._-]*:[0-9a-fA-F]{32,128}";

    /// An image as the engine's reference grammar has it. Looks at the length first: Java's regular expressions
    /// take stack for every letter.
    public static final String PATTERN = "(?=.{0,500}$)(?:" + DOMAIN + "/)?" + PART + "(?:/" + PART + ")*"
            + "(?::[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127})?(?:@" + DIGEST + ")?";

    private static final String HUB = "docker.io/";
    private static final String LIBRARY = "library/";
    private static final String LATEST = "latest";

    /// Takes any text apart, whether it is a good name or not.
    public static ImageReference of(String text) {
        var at = text.indexOf('@');
        var front = at < 0 ? text : text.substring(0, at);
        var digest = at < 0 ? "" : text.substring(at + 1);
        var colon = front.lastIndexOf(':');
        return colon > front.lastIndexOf('/')
                ? new ImageReference(front.substring(0, colon), front.substring(colon + 1), digest)
                : new ImageReference(front, "", digest);
    }

    public boolean isPinned() {
        return !digest.isEmpty();
    }

    public ImageReference withDigest(String resolved) {
        return new ImageReference(name, tag, resolved);
    }

    public ImageReference withoutDigest() {
        return withDigest("");
    }

    /// The host, and the port where one is written, of the registry that has it: as in the engine, a first part is
    /// one if it has a dot, a colon or a capital letter, or is `localhost`. `docker.io` where none is named.
    public String registry() {
        var slash = name.indexOf('/');
        var first = slash < 0 ? "" : name.substring(0, slash);
        var isHost = first.contains(".")
                || first.contains(":")
                || first.equals("localhost")
                || !first.equals(first.toLowerCase(Locale.ROOT));
        return !isHost || HUB.equals(first + "/") || ("index." + HUB).equals(first + "/")
                ? HUB.substring(0, HUB.length() - 1)
                : first;
    }

    /// Name and tag in one spelling: `nginx@sha256:…` and `docker.io/library/nginx` → `nginx:latest`.
    public String familiar() {
        return shortName() + ":" + (tag.isEmpty() ? LATEST : tag);
    }

    /// As Docker's client sends it: the name as short as it goes, and a tag where nothing says which image of the
    /// name.
    public ImageReference asSent() {
        return new ImageReference(shortName(), tag.isEmpty() && !isPinned() ? LATEST : tag, digest);
    }

    private String shortName() {
        return without(LIBRARY, without(HUB, without("index." + HUB, name)));
    }

    private static String without(String prefix, String text) {
        return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    }

    @Override
    public String toString() {
        return name + (tag.isEmpty() ? "" : ":" + tag) + (digest.isEmpty() ? "" : "@" + digest);
    }
}
