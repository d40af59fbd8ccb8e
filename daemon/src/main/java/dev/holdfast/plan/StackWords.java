package dev.holdfast.plan;

import dev.holdfast.app.App;
import java.util.regex.Pattern;

/// The lines that a hold asks for, as the file of the app has them: what stands under `persistent` in an app file
/// stands under `x-holdfast` in a stack file.
final class StackWords {

    private static final Pattern PERSISTENT = Pattern.compile("persistent: \\{");
    private static final Pattern ADOPT = Pattern.compile("(?<![{,] )(?<!x-holdfast: \\{ )\\badopt: true");
    private static final Pattern OTHER_VOLUME = Pattern.compile("volume: (\\S+) and (?=x-holdfast)");

    private StackWords() {}

    static Hold of(App app, Hold hold) {
        var stack = app.stack();
        if (stack == null || hold.allow().isEmpty()) {
            return hold;
        }
        var lines = PERSISTENT.matcher(hold.allow()).replaceAll("x-holdfast: {");
        lines = ADOPT.matcher(lines).replaceAll("x-holdfast: { adopt: true }");
        lines = OTHER_VOLUME.matcher(lines).replaceAll("volumes: { KEY: { name: $1 } } and ");
        if (hold.allow().equals("adopt: true")) {
            // The same for each service of the stack: said once of all.
            lines += "   # in the service; or, for the whole stack, in holdfast.yaml: stacks: { " + stack.stack()
                    + ": { adopt: true } }";
        }
        return hold.allowing(lines);
    }
}
