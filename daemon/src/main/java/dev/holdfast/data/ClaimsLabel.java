package dev.holdfast.data;

import dev.holdfast.ledger.Claim;
import dev.holdfast.value.TidyPath;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The service label that tells what an app owned when it was last applied, such as
/// `node:h3x…,volume:db-data=/data,bind:/srv/import=/import:ro`. A label of the service, so it never restarts a task;
/// it tells a change made by hand from one that a commit asked for, and a directory that is owned from a host path that
/// is only looked at.
///
/// @param node the node's ID; null where the app is locked to none
/// @param mounts the sources with the places where they are mounted, as the label has them
public record ClaimsLabel(@Nullable String node, SortedSet<Source> sources, SortedSet<String> mounts) {

    public static String write(@Nullable String node, Collection<Claim> claims) {
        var parts = new TreeSet<String>();
        claims.forEach(claim -> parts.add(mount(Source.of(claim), claim.target(), claim.readOnly())));
        var text = String.join(",", parts);
        return node == null ? text : "node:" + node + (text.isEmpty() ? "" : "," + text);
    }

    public static String mount(Source source, String target, boolean readOnly) {
        return source.kind().word() + ":" + encode(source.name()) + "=" + encode(TidyPath.of(target))
                + (readOnly ? ":ro" : "");
    }

    public static ClaimsLabel read(String text) {
        String node = null;
        var sources = new TreeSet<Source>();
        var mounts = new TreeSet<String>();
        for (var part : text.split(",")) {
            var colon = part.indexOf(':');
            var equals = part.indexOf('=');
            var rest = part.substring(colon + 1, equals < 0 ? part.length() : equals);
            switch (colon < 0 ? "" : part.substring(0, colon)) {
                case "node" -> node = rest;
                case "volume" -> sources.add(new Source(Claim.Kind.VOLUME, decode(rest)));
                case "bind" -> sources.add(new Source(Claim.Kind.BIND, decode(rest)));
                default -> {
                    // Written by a newer Holdfast, or by hand: nothing that could be used.
                }
            }
            if (equals >= 0) {
                mounts.add(part);
            }
        }
        return new ClaimsLabel(node, sources, mounts);
    }

    /// A path may hold any of the signs that separate.
    private static String encode(String text) {
        return text.replace("%", "%25").replace(",", "%2C").replace("=", "%3D").replace(":", "%3A");
    }

    public static String decode(String text) {
        return text.replace("%3A", ":").replace("%3D", "=").replace("%2C", ",").replace("%25", "%");
    }
}
