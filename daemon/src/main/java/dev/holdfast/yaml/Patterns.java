package dev.holdfast.yaml;

/// What names may look like. Each looks at the length first: Java's regular expressions take stack for every letter.
public final class Patterns {

    /// The engine's rule for services.
    public static final String SERVICE_NAME = "(?=.{0,200}$)[a-zA-Z0-9](?:[a-zA-Z0-9_-]*[a-zA-Z0-9])?";

    /// What a service's name may begin with, before `_` and its own: a stack may end in - and _.
    public static final String STACK_NAME = "(?=.{1,61}$)[a-zA-Z0-9][a-zA-Z0-9_-]*";

    public static final String VOLUME_NAME = "[a-zA-Z0-9][a-zA-Z0-9_.-]+";

    /// As the engine reads it: no quotes around a value, and no operator but these two.
    public static final String CONSTRAINT = "(?=.{0,500}$)\\s*[a-zA-Z_][a-zA-Z0-9_.-]*\\s*[!=]=\\s*"
            + "[a-zA-Z0-9:_.*()?+\\[\\]\\\\^$|/-][a-zA-Z0-9:_\\s.*()?+\\[\\]\\\\^$|/-]*";

    /// The source name of a secret or config, to which the engine's object adds what tells its versions apart.
    public static final String CONTENT_NAME = "(?=.{1,51}$)[a-zA-Z0-9](?:[a-zA-Z0-9._-]*[a-zA-Z0-9])?";

    private static final String SIGNALS =
            "ABRT|ALRM|BUS|CHLD|CLD|CONT|FPE|HUP|ILL|INT|IO|IOT|KILL|PIPE|POLL|PROF|PWR|QUIT"
                    + "|SEGV|STKFLT|STOP|SYS|TERM|TRAP|TSTP|TTIN|TTOU|URG|USR1|USR2|VTALRM|WINCH|XCPU|XFSZ"
                    + "|RTMIN(?:\\+(?:[1-9]|1[0-5]))?|RTMAX(?:-(?:[1-9]|1[0-4]))?";

    /// A signal that the engine knows, by name or number.
    public static final String SIGNAL = "(?:SIG)?(?:" + SIGNALS + ")|[1-9]|[1-5][0-9]|6[0-4]";

    public static final String ULIMIT =
            "core|cpu|data|fsize|locks|memlock|msgqueue|nice|nofile|nproc|rss|rtprio|rttime" + "|sigpending|stack";

    static final String VARIABLE_START = "[A-Za-z_]";

    /// A name of a variable.
    public static final String VARIABLE_NAME = VARIABLE_START + "[A-Za-z0-9_]{0,99}";

    /// A port from 1 to 65535.
    public static final String PORT =
            "0*(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";

    private Patterns() {}

    /// As JSON Schema, which looks for a pattern anywhere in a text, has a pattern for all of it.
    public static String whole(String pattern) {
        return "^(?:" + pattern + ")$";
    }
}
