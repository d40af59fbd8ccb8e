package dev.holdfast.e2e;

/// App files of the stories.
final class Apps {

    private static final String SLEEPS = """
        name: %s
        image: demo:1
        command: [sh, -c, "trap 'exit 0' TERM; sleep 1000000 & wait"]
        stop_grace_period: 1s
        deploy: { update_config: { monitor: 1s } }
        """;

    private Apps() {}

    /// An app that runs until it is told to stop. A line whose key the first ones have replaces that one.
    static String app(String name, String... lines) {
        var text = SLEEPS.formatted(name);
        for (var line : lines) {
            var key = line.substring(0, line.indexOf(':') + 1);
            text = text.replaceAll("(?m)^" + key + ".*\n", "") + line + "\n";
        }
        return text;
    }

    /// The line of an app that has that volume at `/data`.
    static String volume(String name) {
        return "persistent: { directories: [" + name + ":/data] }";
    }

    static String directories(String... directories) {
        return "persistent: { directories: [" + String.join(", ", directories) + "] }";
    }

    /// A command that runs `script` first, then until it is told to stop.
    static String first(String script) {
        return "command: [sh, -c, \"" + script + "; trap 'exit 0' TERM; sleep 1000000 & wait\"]";
    }
}
