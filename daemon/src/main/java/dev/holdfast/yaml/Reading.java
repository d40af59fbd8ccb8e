package dev.holdfast.yaml;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is known of one document while it is read: where each value stood and which ones are wrong already.
public final class Reading {

    private final Problems problems;
    private final Yaml document;
    private final RecordForm<?> root;
    private final Map<String, Yaml.Place> places = new HashMap<>();
    private final Map<String, List<Integer>> indexes = new HashMap<>();
    private final Set<String> failed = new HashSet<>();
    private final Set<String> failedOrAround = new HashSet<>();
    private final Set<String> unfilled = new HashSet<>();
    private final Set<String> filledWithSecrets = new HashSet<>();

    private final String within;

    public Reading(Problems problems, Yaml document, RecordForm<?> root) {
        this(problems, document, root, "");
    }

    /// @param within the path of this part in its file; empty for a whole document
    public Reading(Problems problems, Yaml document, RecordForm<?> root, String within) {
        this.within = within;
        this.problems = problems;
        this.document = document;
        this.root = root;
    }

    public At start() {
        return new At(this, "");
    }

    /// The form of the whole document, to find where a misplaced key belongs.
    RecordForm<?> root() {
        return root;
    }

    public void remember(String path, Yaml.Place place) {
        places.put(path, place);
    }

    /// Says which members of the file's list became the members of the record's list, where these differ.
    public void rememberIndexes(String path, List<Integer> fileIndexes) {
        indexes.put(path, fileIndexes);
    }

    public int fileIndex(String path, int index) {
        var known = indexes.get(path);
        return known == null || index >= known.size() ? index : known.get(index);
    }

    /// Says that the value here is not the real one, so that nothing more is reported about it.
    public void unfilled(String path) {
        unfilled.add(path);
    }

    /// Says that a variable whose name says secret was filled in here, so that the value is not quoted.
    public void filledWithSecret(String path) {
        filledWithSecrets.add(path);
    }

    /// ` (got "…")`, or nothing where the value may be a secret.
    public String got(String path, String value) {
        return isIn(filledWithSecrets, path) ? "" : Words.got(path, value);
    }

    public boolean isUnfilled(String path) {
        return !unfilled.isEmpty() && isIn(unfilled, path);
    }

    /// Whether no more problems are told of that file.
    boolean isFull(String file) {
        return problems.isFull(file);
    }

    public void error(Yaml.Place place, String path, String message) {
        error(place, path, message, null);
    }

    /// @param cause what must be corrected first; null where it is this
    public void error(Yaml.Place place, String path, String message, Yaml.@Nullable Place cause) {
        if (isUnfilled(path)) {
            return;
        }
        failed.add(path);
        for (var p = path; !p.isEmpty(); p = parent(p)) {
            failedOrAround.add(p);
        }
        problems.error(place, inFile(path), message, cause);
    }

    /// Reports an error at the value of this path, or where the nearest value around it stands.
    public void error(String path, String message) {
        error(placeOf(path), path, message);
    }

    /// @param code empty where the message alone tells
    public void warning(Problem.@Nullable Code code, Yaml.Place place, String path, String message) {
        problems.warning(code, place, inFile(path), message);
    }

    private String inFile(String path) {
        return within.isEmpty() || path.isEmpty() ? within + path : within + "." + path;
    }

    /// Whether the document, or the defaults under it, have something at this path.
    public boolean isWritten(String path) {
        return places.containsKey(path);
    }

    public Yaml.Place placeOf(String path) {
        for (var p = path; !p.isEmpty(); p = parent(p)) {
            var place = places.get(p);
            if (place != null) {
                return place;
            }
        }
        return document.place();
    }

    /// Whether this value, or one around it, has a problem already.
    public boolean hasFailed(String path) {
        return isIn(failed, path);
    }

    private static boolean isIn(Set<String> paths, String path) {
        for (var p = path; !p.isEmpty(); p = parent(p)) {
            if (paths.contains(p)) {
                return true;
            }
        }
        return false;
    }

    /// Whether a problem was reported for this value or one inside it.
    public boolean hasFailedBelow(String path) {
        return failedOrAround.contains(path);
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
    }
}
