package dev.holdfast.compose;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Two variables that every shell has and nobody sets for a stack: `$PWD`, where the client is called and so the folder
/// of the file, and `$HOME`. A path that begins with one means what `.` and `~` mean; with nothing filled in it would
/// be another path of the host.
final class ShellFolders {

    private static final Map<String, String> MEANT = Map.of("PWD", ".", "HOME", "~");
    private static final Pattern FIRST =
            Pattern.compile("(?s)\\$(?:(PWD|HOME)(?![_a-zA-Z0-9:-])|\\{(PWD|HOME)\\})(.*)");
    private static final Set<String> PATHS = Set.of("volumes", "source", "file", "env_file");

    private ShellFolders() {}

    /// @param keys those around the text
    static String meant(String text, Collection<String> keys, Map<String, String> variables) {
        var match = FIRST.matcher(text);
        if (keys.stream().noneMatch(PATHS::contains) || !match.matches()) {
            return text;
        }
        var name = match.group(1) == null ? match.group(2) : match.group(1);
        return variables.containsKey(name) ? text : MEANT.get(name) + match.group(3);
    }
}
