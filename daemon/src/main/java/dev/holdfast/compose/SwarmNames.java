package dev.holdfast.compose;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What an engine takes as a name. The client passes on any.
final class SwarmNames {

    private static final Pattern OF_SERVICE = Pattern.compile("[a-zA-Z0-9](?:[-_]*[A-Za-z0-9]+)*+");
    private static final int LONGEST = 63;
    private static final Pattern OF_CONTENT = Pattern.compile("[a-zA-Z0-9](?:[a-zA-Z0-9._-]*[a-zA-Z0-9])?");
    private static final int LONGEST_OF_CONTENT = 64;

    private SwarmNames() {}

    /// What is wrong with the name of a service or network; null where nothing is.
    static @Nullable String fault(String name) {
        return fault(name, OF_SERVICE, LONGEST, "letters, digits, \"-\" and \"_\"");
    }

    /// The same of a secret or config.
    static @Nullable String faultOfContent(String name) {
        return fault(name, OF_CONTENT, LONGEST_OF_CONTENT, "letters, digits, \".\", \"-\" and \"_\"");
    }

    private static @Nullable String fault(String name, Pattern pattern, int longest, String letters) {
        if (name.length() > longest) {
            return "is called %s in the Swarm, and a name has at most %d letters".formatted(name, longest);
        }
        return pattern.matcher(name).matches()
                ? null
                : "is called %s in the Swarm, which engines refuse: only %s, with a letter or digit at both ends"
                        .formatted(name, letters);
    }
}
