package dev.holdfast.app;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// An engine keeps one file for each secret or config of a task, whatever the number of its targets: the owner and mode
/// that are written last hold for all of them. The spec has them sorted by target.
final class FileModeRules {

    private record Use(int index, FileReference reference) {
        String owner() {
            return "mode 0%o, uid %s, gid %s"
                    .formatted(
                            reference.mode() == null ? 0444 : reference.mode(),
                            Objects.requireNonNullElse(reference.uid(), "0"),
                            Objects.requireNonNullElse(reference.gid(), "0"));
        }
    }

    private FileModeRules() {}

    static void check(List<AppDocument> documents, Repository repository) {
        for (var document : documents) {
            if (document.app() != null) {
                check(document, "secrets", document.app().secrets(), repository.secrets());
                check(document, "configs", document.app().configs(), repository.configs());
            }
        }
    }

    private static void check(
            AppDocument document,
            String key,
            List<FileReference> references,
            Map<String, Repository.ContentSource> sources) {
        var uses = new LinkedHashMap<String, TreeMap<String, Use>>();
        for (var i = 0; i < references.size(); i++) {
            var reference = references.get(i);
            var source = sources.get(reference.source());
            var name = source == null || source.name() == null ? reference.source() : source.name();
            uses.computeIfAbsent(name, _ -> new TreeMap<>(Comparator.naturalOrder()))
                    .put(reference.targetOrSource(), new Use(i, reference));
        }
        for (var same : uses.values()) {
            var last = same.lastEntry().getValue();
            for (var use : same.values()) {
                if (!use.owner().equals(last.owner())) {
                    document.warning(
                            FileCode.ONE_MODE_FOR_ALL,
                            key + "[" + document.reading().fileIndex(key, use.index()) + "]",
                            "gets %s, as %s: the engine has one file for all targets of \"%s\", and gives it what is said of the last of them by name; say the same of each, or declare a second one with the same file"
                                    .formatted(
                                            last.owner(),
                                            last.reference().targetOrSource(),
                                            use.reference().source()));
                }
            }
        }
    }
}
