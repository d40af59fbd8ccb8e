package dev.holdfast.spec;

import dev.holdfast.yaml.NumberForms;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// One spelling for what means the same to the engine, and numbers as people write them in app files.
public final class Spelling {

    /// The signals that people number, as Linux does.
    private static final Map<String, String> SIGNALS = Map.ofEntries(
            Map.entry("1", "HUP"),
            Map.entry("2", "INT"),
            Map.entry("3", "QUIT"),
            Map.entry("6", "ABRT"),
            Map.entry("9", "KILL"),
            Map.entry("10", "USR1"),
            Map.entry("12", "USR2"),
            Map.entry("13", "PIPE"),
            Map.entry("14", "ALRM"),
            Map.entry("15", "TERM"),
            Map.entry("17", "CHLD"),
            Map.entry("18", "CONT"),
            Map.entry("19", "STOP"),
            Map.entry("28", "WINCH"));

    private static final Pattern CONSTRAINT = Pattern.compile("\\s*(.*?)\\s*(==|!=)\\s*(.*?)\\s*");

    private Spelling() {}

    /// `TERM`, `sigterm`, `15` → `SIGTERM`.
    public static String signal(String signal) {
        var name = signal.strip().toUpperCase(Locale.ROOT);
        var known = SIGNALS.getOrDefault(name, name);
        return known.isEmpty() || known.startsWith("SIG") || Character.isDigit(known.charAt(0)) ? known : "SIG" + known;
    }

    /// `net_admin` → `CAP_NET_ADMIN`; `ALL` stays, and swallows all others.
    static SortedSet<String> capabilities(Collection<String> names) {
        var set = new TreeSet<String>();
        for (var name : names) {
            var upper = name.strip().toUpperCase(Locale.ROOT);
            if (upper.equals("ALL") || upper.equals("CAP_ALL")) {
                return new TreeSet<>(java.util.Set.of("ALL"));
            }
            if (!upper.isEmpty() && !upper.equals("RESET")) {
                set.add(upper.startsWith("CAP_") ? upper : "CAP_" + upper);
            }
        }
        return set;
    }

    /// `node.role == manager` → `node.role==manager`.
    public static String constraint(String constraint) {
        var matcher = CONSTRAINT.matcher(constraint);
        return matcher.matches() ? matcher.group(1) + matcher.group(2) + matcher.group(3) : constraint.strip();
    }

    /// Billionths of a CPU as `0.5`.
    public static String cpus(long nanos) {
        return BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString();
    }

    /// Permission bits as `0444`.
    static String mode(long mode) {
        return NumberForms.Mode.spelled(mode);
    }
}
