package dev.holdfast.git;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.jspecify.annotations.Nullable;

/// What people call a state of a repository (a branch, a tag, a full ref, a commit), looked up among the refs there
/// are.
final class RefNames {

    private static final Pattern COMMIT = Pattern.compile("[0-9a-fA-F]{7,40}");

    private final Map<String, Ref> refs;
    private final String where;

    /// @param where the repository, as it may be shown to people
    RefNames(Map<String, Ref> refs, String where) {
        this.refs = refs;
        this.where = where;
    }

    sealed interface Target {}

    /// @param name full name of the ref, which may be fetched
    record Named(String name, ObjectId id) implements Target {}

    /// @param text 7 to 40 hexadecimal digits
    record Commit(String text) implements Target {
        boolean isFull() {
            return text.length() == 40;
        }
    }

    static boolean isFullCommit(String text) {
        return text.length() == 40 && COMMIT.matcher(text).matches();
    }

    Target resolve(@Nullable String asked) {
        if (refs.values().stream().noneMatch(ref -> ref.getObjectId() != null)) {
            throw new GitProblem("the repository " + where + " is empty: push a first commit");
        }
        if (asked == null || asked.equals(Constants.HEAD)) {
            return defaultBranch();
        }
        if (asked.startsWith("refs/")) {
            var named = named(asked);
            if (named == null) {
                throw new GitProblem("there is no ref " + asked + " in " + where + others(asked));
            }
            return named;
        }
        var branch = named(Constants.R_HEADS + asked);
        var tag = named(Constants.R_TAGS + asked);
        if (branch != null && tag != null && !branch.id().equals(tag.id())) {
            throw new GitProblem("\"" + asked + "\" is a branch and a tag in " + where + ": write refs/heads/" + asked
                    + " or refs/tags/" + asked);
        }
        if (branch != null || tag != null) {
            return branch != null ? branch : Objects.requireNonNull(tag);
        }
        if (COMMIT.matcher(asked).matches()) {
            return new Commit(asked.toLowerCase(Locale.ROOT));
        }
        throw unknown(asked);
    }

    GitProblem unknown(String asked) {
        return new GitProblem("there is no branch, tag or commit \"" + asked + "\" in " + where + others(asked));
    }

    private Target defaultBranch() {
        var head = refs.get(Constants.HEAD);
        var id = head == null ? null : head.getObjectId();
        if (head == null || id == null) {
            throw new GitProblem("the default branch of " + where + " does not exist: name a branch" + others("main"));
        }
        return new Named(head.getTarget().getName(), id);
    }

    private @Nullable Named named(String name) {
        var ref = refs.get(name);
        var id = ref == null ? null : ref.getObjectId();
        return id == null ? null : new Named(name, id);
    }

    /// Names that may have been meant, the nearest first.
    private String others(String asked) {
        var names = new LinkedHashSet<String>();
        refs.keySet().stream().map(name -> shortName(name, asked)).forEach(names::add);
        names.remove(Constants.HEAD);
        var nearest = nearest(asked, names);
        if (nearest.isEmpty()) {
            return "";
        }
        return "; there " + (nearest.size() == 1 ? "is " : "are ")
                + nearest.stream().collect(joining(", ")) + (names.size() > nearest.size() ? ", …" : "");
    }

    private static String shortName(String name, String asked) {
        if (asked.startsWith("refs/")) {
            return name;
        }
        return name.startsWith(Constants.R_HEADS) || name.startsWith(Constants.R_TAGS)
                ? name.substring(name.indexOf('/', "refs/".length()) + 1)
                : Constants.HEAD;
    }

    static List<String> nearest(String asked, Collection<String> names) {
        return names.stream()
                .sorted(Comparator.comparingInt((String name) -> distance(asked, name))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(5)
                .toList();
    }

    /// Letters to change, add or leave out.
    private static int distance(String from, String to) {
        var before = new int[to.length() + 1];
        for (int i = 0; i < before.length; i++) {
            before[i] = i;
        }
        for (int i = 1; i <= from.length(); i++) {
            var row = new int[before.length];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                var swap = before[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(swap, 1 + Math.min(before[j], row[j - 1]));
            }
            before = row;
        }
        return before[to.length()];
    }
}
