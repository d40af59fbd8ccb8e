package dev.holdfast.migrate;

import dev.holdfast.app.Directory;
import dev.holdfast.app.Repository;
import dev.holdfast.value.TidyPath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Where imported apps break rule `one-instance` or `one-owner`: their files get the choices as comments, and stay
/// errors until one is taken. And where they have a folder that lies beside the Compose file. One owner for all
/// imports.
final class DataDecisions {

    /// Data of one app that another one writes, too.
    ///
    /// @param same whether it is the very same directory, and not one above or below
    record Shared(Draft owner, boolean same) {}

    /// What the choices depend on.
    ///
    /// @param there whether the volumes are there already
    /// @param volumes the entries of volumes in `holdfast.yaml`
    /// @param volume the name of a volume in the place of a folder beside the Compose file
    /// @param files the configs that such a folder would be; empty where it cannot be that
    record Around(
            boolean there,
            Map<String, Repository.Volume> volumes,
            UnaryOperator<String> volume,
            BiFunction<String, Directory, List<FolderFile>> files) {

        /// Where nothing lies beside.
        Around(boolean there, Map<String, Repository.Volume> volumes) {
            this(there, volumes, folder -> folder, (_, _) -> List.of());
        }

        /// Whether its entry says already that it is on storage which every node can reach.
        boolean isOnStorage(String volume) {
            var entry = volumes.get(volume);
            return entry != null && entry.mayBeShared();
        }
    }

    private final List<Draft> drafts;
    private final Around around;
    private final List<Imported.Decision> decisions;

    private DataDecisions(Collection<Draft> drafts, Around around, List<Imported.Decision> decisions) {
        this.drafts = List.copyOf(drafts);
        this.around = around;
        this.decisions = decisions;
    }

    /// Writes the choices into the drafts, and tells of each decision.
    static void add(Collection<Draft> drafts, Around around, List<Imported.Decision> decisions) {
        var all = new DataDecisions(drafts, around, decisions);
        drafts.forEach(all::lookOnly);
        drafts.forEach(all::decide);
    }

    private void lookOnly(Draft draft) {
        draft.directories().stream()
                .filter(directory ->
                        directory.readOnly() && !directory.shared() && directory.host() != null && !isBeside(directory))
                .filter(directory -> drafts.stream()
                        .allMatch(other -> overlapping(draft, directory, other, notReadOnly(other)) == null))
                .forEach(draft::onlyLookAt);
    }

    private void decide(Draft draft) {
        var several = isSeveral(draft);
        var shared = shared(draft);
        var beside =
                draft.directories().stream().filter(DataDecisions::isBeside).toList();
        if (!several && shared.isEmpty() && beside.isEmpty()) {
            return;
        }
        var choices = new DataChoices(draft, shared, around).all();
        var why = new ArrayList<String>();
        if (several) {
            why.add("%s would write the same data (%s)"
                    .formatted(
                            draft.isGlobal() ? "the instances of all nodes" : draft.replicas() + " instances",
                            sources(draft.written())));
        }
        shared.forEach((directory, other) ->
                why.add("%s writes %s, too".formatted(other.owner().name(), directory.source())));
        if (!beside.isEmpty()) {
            why.add("%s lies beside the Compose file, which is on no node".formatted(sources(beside)));
        }
        var lines = new ArrayList<String>();
        lines.add("Decide, since %s. An error until one of these is taken:".formatted(String.join(", and ", why)));
        for (var i = 0; i < choices.size(); i++) {
            lines.add("%d. %s".formatted(i + 1, choices.get(i).text()));
            choices.get(i).lines().lines().map(line -> "#" + line).forEach(lines::add);
        }
        draft.comment("persistent", lines.toArray(String[]::new));
        decisions.add(new Imported.Decision(
                draft.name(),
                "persistent",
                String.join(", and ", why),
                choices.stream().map(DataChoices.Choice::text).toList()));
    }

    static boolean isSeveral(Draft draft) {
        var own = draft.isGlobal() && draft.hasDataOnEachNode();
        return (draft.isGlobal() && !own || draft.replicas() > 1)
                && !draft.written().isEmpty();
    }

    /// Whether it is a folder beside the Compose file.
    static boolean isBeside(Directory directory) {
        return directory.host() != null && TidyPath.isRelative(directory.host());
    }

    private static List<Directory> notReadOnly(Draft draft) {
        return draft.directories().stream()
                .filter(directory -> !directory.readOnly())
                .toList();
    }

    /// What it owns, for all that its file says: not what it writes beside the owner that it names.
    private static List<Directory> owned(Draft draft) {
        return draft.written().stream()
                .filter(directory -> directory.with() == null)
                .toList();
    }

    static String sources(Collection<Directory> directories) {
        return directories.stream().map(Directory::source).distinct().collect(Collectors.joining(", "));
    }

    /// What another app owns that comes before this one: those with one instance come first.
    private Map<Directory, Shared> shared(Draft draft) {
        var found = new LinkedHashMap<Directory, Shared>();
        var before = drafts.stream()
                .sorted(Comparator.comparing(DataDecisions::isSeveral))
                .takeWhile(other -> other != draft)
                .toList();
        for (var directory : owned(draft)) {
            for (var other : before) {
                var owned = overlapping(draft, directory, other, owned(other));
                if (owned != null) {
                    found.putIfAbsent(
                            directory, new Shared(other, owned.source().equals(directory.source())));
                }
            }
        }
        return found;
    }

    private static @Nullable Directory overlapping(
            Draft draft, Directory directory, Draft other, List<Directory> written) {
        var host = directory.host();
        return written.stream()
                .filter(owned -> host == null
                        ? directory.source().equals(owned.volume())
                        : owned.host() != null && !areApart(draft, other) && isOneInTheOther(host, owned.host()))
                .findFirst()
                .orElse(null);
    }

    private static boolean areApart(Draft one, Draft other) {
        return one.node() != null && other.node() != null && !one.node().equals(other.node());
    }

    private static boolean isOneInTheOther(String one, String other) {
        return (one + "/").startsWith(other + "/") || (other + "/").startsWith(one + "/");
    }
}
