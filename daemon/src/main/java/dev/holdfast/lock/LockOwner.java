package dev.holdfast.lock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The process that holds the lock, so exactly that another process of the same host can tell that it is dead, and need
/// not wait for its beat to stand still.
///
/// @param boot the kernel's boot ID: tells a host, and one start of it, from all others
/// @param space the process ID namespace: the same number means another process in another container
/// @param started in ticks since boot: the same number means another process later
record LockOwner(String boot, String space, long pid, String started) {

    private static final Path PROC = Path.of("/proc");

    static LockOwner current() {
        var pid = ProcessHandle.current().pid();
        return new LockOwner(text(PROC.resolve("sys/kernel/random/boot_id")), currentSpace(), pid, startOf(pid));
    }

    /// @return a process that is never known dead where the text is not one of ours
    static LockOwner parse(String text) {
        var parts = List.of(text.split(" "));
        try {
            return parts.size() == 4
                    ? new LockOwner(parts.get(0), parts.get(1), Long.parseLong(parts.get(2)), parts.get(3))
                    : new LockOwner("", "", 0, "");
        } catch (NumberFormatException e) {
            return new LockOwner("", "", 0, "");
        }
    }

    String text() {
        return boot + " " + space + " " + pid + " " + started;
    }

    boolean isSameAs(LockOwner other) {
        return !boot.isEmpty() && !started.isEmpty() && equals(other);
    }

    /// Whether this process certainly runs no more. False where that cannot be told from here: another host,
    /// another container, or a `/proc` that hides other people's processes.
    boolean isKnownDead() {
        var me = current();
        var visible = !boot.isEmpty() && boot.equals(me.boot()) && !space.isEmpty() && space.equals(me.space());
        if (!visible || started.isEmpty() || startOf(1).isEmpty()) {
            return false;
        }
        return !startOf(pid).equals(started);
    }

    /// Field 22 of `stat`; the name before it may hold anything. Empty where there is no such process, or only what
    /// its parent has not yet cleared away.
    private static String startOf(long pid) {
        var stat = text(PROC.resolve(Long.toString(pid)).resolve("stat"));
        var fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
        var over = fields[0].equals("Z") || fields[0].equals("X");
        return fields.length > 19 && !over ? fields[19] : "";
    }

    private static String currentSpace() {
        try {
            return Files.readSymbolicLink(PROC.resolve("self/ns/pid")).toString();
        } catch (IOException | UnsupportedOperationException e) {
            return "";
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
