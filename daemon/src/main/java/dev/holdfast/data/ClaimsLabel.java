package dev.holdfast.data;

import dev.holdfast.app.Directory;
import dev.holdfast.ledger.Claim;
import dev.holdfast.live.Labels;
import dev.holdfast.value.TidyPath;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The service label that tells what an app owned when it was last applied, such as
/// `node:h3x…,volume:db-data=/data,bind:/srv/import=/import:ro`, and `with:db=volume%3Adb-data` for data of another
/// app. A label of the service, so it never restarts a task;
/// it tells a change made by hand from one that a commit asked for, and a directory that is owned from a host path that
/// is only looked at.
///
/// @param node the node's ID; `*` where each node has its own data; null where the app is locked to none
/// @param mounts the sources with the places where they are mounted, as the label has them
/// @param owners whose it is, of what belongs to another app
public record ClaimsLabel(
        @Nullable String node, SortedSet<Source> sources, SortedSet<String> mounts, SortedMap<Source, String> owners) {

    public static final String EACH_NODE = "*";

    public static final ClaimsLabel NONE = read("");

    /// @param app whose label it is
    public static String write(String app, @Nullable String node, Collection<Claim> claims) {
        var parts = new TreeSet<String>();
        for (var claim : claims) {
            parts.add(mount(Source.of(claim), claim.target(), claim.readOnly()));
            if (!claim.app().equals(app)) {
                parts.add("with:" + claim.app() + "=" + encode(Source.of(claim).toString()));
            }
        }
        var text = String.join(",", parts);
        return node == null ? text : "node:" + node + (text.isEmpty() ? "" : "," + text);
    }

    /// Of an app that has its own data on each node.
    public static String onEachNode(Collection<Directory> directories) {
        var parts = new TreeSet<String>();
        directories.forEach(
                directory -> parts.add(mount(Source.of(directory), directory.target(), directory.readOnly())));
        return "node:" + EACH_NODE + "," + String.join(",", parts);
    }

    public static String mount(Source source, String target, boolean readOnly) {
        return source.kind().word() + ":" + encode(source.name()) + "=" + encode(TidyPath.of(target))
                + (readOnly ? ":ro" : "");
    }

    public static ClaimsLabel read(String text) {
        String node = null;
        var sources = new TreeSet<Source>();
        var mounts = new TreeSet<String>();
        var owners = new TreeMap<Source, String>();
        for (var part : text.split(",")) {
            var colon = part.indexOf(':');
            var equals = part.indexOf('=');
            var rest = part.substring(colon + 1, equals < 0 ? part.length() : equals);
            switch (colon < 0 ? "" : part.substring(0, colon)) {
                case "node" -> node = rest;
                case "with" -> owned(decode(part.substring(equals + 1)), rest, owners);
                case "volume" -> sources.add(new Source(Claim.Kind.VOLUME, decode(rest)));
                case "bind" -> sources.add(new Source(Claim.Kind.BIND, decode(rest)));
                default -> {
                    // Written by a newer Holdfast, or by hand: nothing that could be used.
                }
            }
            if (equals >= 0 && !part.startsWith("with:")) {
                mounts.add(part);
            }
        }
        return new ClaimsLabel(node, sources, mounts, owners);
    }

    /// @param labels of a service
    public static ClaimsLabel of(Map<String, String> labels) {
        var text = labels.get(Labels.CLAIMS);
        return text == null ? NONE : read(text);
    }

    private static void owned(String source, String owner, SortedMap<Source, String> owners) {
        for (var kind : Claim.Kind.values()) {
            if (source.startsWith(kind.word() + ":")) {
                owners.put(new Source(kind, source.substring(kind.word().length() + 1)), owner);
            }
        }
    }

    public boolean isEachNode() {
        return EACH_NODE.equals(node);
    }

    /// Whether two apps may both write that: one says that it is the other's, or both that it is a third one's.
    public boolean isWith(String app, ClaimsLabel other, String otherApp, Source source) {
        var mine = owners.get(source);
        var theirs = other.owners.get(source);
        return mine != null && (mine.equals(otherApp) || mine.equals(theirs)) || app.equals(theirs);
    }

    /// A path may hold any of the signs that separate.
    static String encode(String text) {
        return text.replace("%", "%25").replace(",", "%2C").replace("=", "%3D").replace(":", "%3A");
    }

    public static String decode(String text) {
        return text.replace("%3A", ":").replace("%3D", "=").replace("%2C", ",").replace("%25", "%");
    }
}
