package dev.holdfast.placement;

import dev.holdfast.spec.Spelling;
import dev.holdfast.value.ByteSize;

/// Amounts of what nodes have, as people read them: `1.5 CPUs`, `2 GiB of memory`, `1 gpu`.
final class Amounts {

    static final String CPUS = "\0cpus";
    static final String MEMORY = "\0memory";

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
            case MEMORY -> new ByteSize(amount).cut();
            default -> Long.toString(amount);
        };
    }
}
