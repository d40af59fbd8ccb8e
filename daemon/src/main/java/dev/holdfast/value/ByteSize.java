package dev.holdfast.value;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A number of bytes. Files give it in powers of 1024 (`512m`, `1.5g`), disks are told in powers of 1000 (`1.2 GB`).
public record ByteSize(long bytes) {

    public static final Pattern PATTERN =
            Pattern.compile("([0-9]{1,18}(?:\\.[0-9]{1,9})?) ?(?:([kKmMgGtTpP]?)(?:[iI]?[bB])?)");

    private static final List<String> OF_FILES = List.of("K", "M", "G", "T");
    private static final List<String> BINARY = List.of("KiB", "MiB", "GiB", "TiB");
    private static final List<String> DECIMAL = List.of("kB", "MB", "GB", "TB", "PB");

    /// Empty where the text is no size or does not fit.
    public static Optional<ByteSize> parse(String text) {
        var match = PATTERN.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        var unit = match.group(2).toLowerCase(Locale.ROOT);
        var power = unit.isEmpty() ? 0 : " kmgtp".indexOf(unit);
        var bytes = new BigDecimal(match.group(1)).multiply(BigDecimal.valueOf(1L << (10 * power)));
        return bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
                ? Optional.empty()
                : Optional.of(new ByteSize(bytes.longValue()));
    }

    /// As a file has it, `512M`, where that is exact; else the number.
    public String exact() {
        for (var unit = OF_FILES.size(); bytes != 0 && unit > 0; unit--) {
            var size = 1L << (10 * unit);
            if (bytes % size == 0) {
                return bytes / size + OF_FILES.get(unit - 1);
            }
        }
        return Long.toString(bytes);
    }

    /// As a disk is told: `850 B`, `1.2 GB`.
    public String rounded() {
        if (bytes < 1000) {
            return bytes + " B";
        }
        var size = (double) bytes;
        var unit = -1;
        while (size >= 999.95 && unit < DECIMAL.size() - 1) {
            size /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", size, DECIMAL.get(unit));
    }

    /// In the units of files: `512 MiB`, `1.5 GiB`. Cut, not rounded: what is left must never look larger than it
    /// is.
    public String cut() {
        var size = (double) bytes;
        var unit = -1;
        while (size >= 1024 && unit < BINARY.size() - 1) {
            size /= 1024;
            unit++;
        }
        return unit < 0
                ? bytes + " B"
                : String.format(Locale.ROOT, "%.1f", Math.floor(size * 10) / 10).replace(".0", "") + " "
                        + BINARY.get(unit);
    }
}
