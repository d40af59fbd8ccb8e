package dev.holdfast.compose;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The long volumes to write in place of what the client drops: `tmpfs`, and `shm_size`.
final class TmpfsAdvice {

    private static final Pattern PATH = Pattern.compile("/[\\w./-]{0,200}");
    private static final Pattern SIZE = Pattern.compile("(?:.*,)?size=([0-9a-zA-Z.]+)(?:,.*)?");

    private TmpfsAdvice() {}

    /// @param entries such as `/run` and `/tmp:size=64m`
    static String instead(List<String> entries) {
        return "write volumes: ["
                + entries.stream().map(TmpfsAdvice::volume).collect(Collectors.joining(", "))
                + "], beside those that are there";
    }

    /// @param size such as `64m`
    static String ofSharedMemory(String size) {
        return instead(List.of("/dev/shm:size=" + size));
    }

    private static String volume(String entry) {
        var parts = entry.split(":", 2);
        var target = PATH.matcher(parts[0]).matches() ? parts[0] : "TARGET";
        var size = parts.length < 2 ? null : SIZE.matcher(parts[1]);
        var bytes = size != null && size.matches() ? Amounts.bytesOf(size.group(1)) : null;
        return "{ type: tmpfs, target: %s%s }"
                .formatted(target, bytes == null ? "" : ", tmpfs: { size: %d }".formatted(bytes));
    }
}
