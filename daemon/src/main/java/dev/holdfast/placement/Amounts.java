package dev.holdfast.placement;

import dev.holdfast.spec.Spelling;
import java.util.Locale;

/// Amounts of what nodes have, as people read them: `1.5 CPUs`, `2 GiB of memory`, `1 gpu`.
final class Amounts {

    static final String CPUS = "\0cpus";
    static final String MEMORY = "\0memory";

    private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB"};

    private Amounts() {}

    static String text(String kind, long amount) {
        return switch (kind) {
            case CPUS -> number(kind, amount) + " CPUs";
            case MEMORY -> number(kind, amount) + " of memory";
            default -> amount + " " + kind;
        };
    }

    static String number(String kind, long amount) {
        return switch (kind) {
            case CPUS -> Spelling.cpus(amount);
            case MEMORY -> bytes(amount);
            default -> Long.toString(amount);
        };
    }

    /// In the units in which files give them: `512m` is 512 MiB.
    private static String bytes(long bytes) {
        var size = (double) bytes;
        var unit = -1;
        while (size >= 1024 && unit < UNITS.length - 1) {
            size /= 1024;
            unit++;
        }
        if (unit < 0) {
            return bytes + " B";
        }
        // Cut, not rounded: what is left must never look larger than it is.
        return String.format(Locale.ROOT, "%.1f", Math.floor(size * 10) / 10).replace(".0", "") + " " + UNITS[unit];
    }
}
