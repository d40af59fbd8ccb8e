package dev.holdfast.plan;

import dev.holdfast.ledger.Claim;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The service label that tells what an app owned when it was last applied, such as
/// `node:h3x…,volume:db-data,bind:/srv/db`. A label of the service, so it never restarts a task; it tells a change made
/// by hand from one that a commit asked for, and a directory that is owned from a host path that is only looked at.
///
/// @param node the node's ID; null where the app is locked to none
record ClaimsLabel(@Nullable String node, SortedSet<Source> sources) {

    static String write(@Nullable String node, Collection<Source> sources) {
        var text = new StringBuilder(node == null ? "" : "node:" + node);
        for (var source : new TreeSet<>(sources)) {
            text.append(text.isEmpty() ? "" : ",")
                    .append(source.kind().word())
                    .append(':')
                    .append(source.name().replace("%", "%25").replace(",", "%2C"));
        }
        return text.toString();
    }

    static ClaimsLabel read(String text) {
        String node = null;
        var sources = new TreeSet<Source>();
        for (var part : text.split(",")) {
            var colon = part.indexOf(':');
            var rest = part.substring(colon + 1);
            switch (colon < 0 ? "" : part.substring(0, colon)) {
                case "node" -> node = rest;
                case "volume" -> sources.add(new Source(Claim.Kind.VOLUME, decode(rest)));
                case "bind" -> sources.add(new Source(Claim.Kind.BIND, decode(rest)));
                default -> {
                    // Written by a newer Holdfast, or by hand: nothing that could be used.
                }
            }
        }
        return new ClaimsLabel(node, sources);
    }

    private static String decode(String text) {
        return text.replace("%2C", ",").replace("%25", "%");
    }
}
