package dev.holdfast.app;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// On which nodes an app may be, as far as its file tells: by the node that it names and by its constraints. Only good
/// for saying that two apps never meet.
final class Whereabouts {

    private static final Pattern CONSTRAINT = Pattern.compile("\\s*(\\S+?)\\s*(==|!=)\\s*(.*?)\\s*", Pattern.DOTALL);
    private static final Pattern ID = Pattern.compile("[a-z0-9]{25}");
    private static final String HOSTNAME = "node.hostname";
    private static final String NODE_ID = "node.id";

    private record Condition(String key, boolean equal, String value) {

        /// Values and keys are compared as Swarm does: upper and lower case are the same.
        boolean excludes(Condition other) {
            return key.equalsIgnoreCase(other.key)
                    && (equal && other.equal && !value.equalsIgnoreCase(other.value)
                            || equal != other.equal && value.equalsIgnoreCase(other.value));
        }
    }

    private final List<Condition> conditions = new ArrayList<>();

    private Whereabouts() {}

    static Whereabouts of(App app) {
        var where = new Whereabouts();
        var persistent = app.persistent();
        if (persistent != null && persistent.node() != null) {
            var key = ID.matcher(persistent.node()).matches() ? NODE_ID : HOSTNAME;
            where.conditions.add(new Condition(key, true, persistent.node()));
        }
        for (var constraint : app.deploy().placement().constraints()) {
            var match = CONSTRAINT.matcher(constraint);
            if (match.matches()) {
                where.conditions.add(
                        new Condition(match.group(1), match.group(2).equals("=="), match.group(3)));
            }
        }
        return where;
    }

    /// Whether the file names one node.
    boolean isOneNode() {
        return conditions.stream()
                .anyMatch(condition -> condition.equal()
                        && (condition.key().equalsIgnoreCase(HOSTNAME)
                                || condition.key().equalsIgnoreCase(NODE_ID)));
    }

    boolean isApartFrom(Whereabouts other) {
        return conditions.stream().anyMatch(mine -> other.conditions.stream().anyMatch(mine::excludes));
    }
}
