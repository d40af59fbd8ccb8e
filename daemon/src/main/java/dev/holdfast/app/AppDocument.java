package dev.holdfast.app;

import dev.holdfast.yaml.Problem;
import dev.holdfast.yaml.Reading;
import dev.holdfast.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One document below `apps/`, or one service of a stack file, as far as it could be read.
///
/// @param files where it is declared first, and others whose errors are its errors
/// @param line where it declares its name, or begins
/// @param name as it stands in the file, even where the rest is wrong; null where there is none
/// @param app null where not even a record could be made of it
/// @param stack whether it is a service of a stack file
/// @param breaches what holds it, found by the rules; only of a stack file
record AppDocument(
        List<String> files,
        int line,
        @Nullable String name,
        @Nullable App app,
        Reading reading,
        boolean stack,
        List<Breach> breaches) {

    static AppDocument ofApp(String file, int line, @Nullable String name, @Nullable App app, Reading reading) {
        return new AppDocument(List.of(file), line, name, app, reading, false, List.of());
    }

    static AppDocument ofStack(List<String> files, int line, String name, @Nullable App app, Reading reading) {
        return new AppDocument(files, line, name, app, reading, true, new ArrayList<>());
    }

    /// What a stack file says of its service; null for an app file.
    @Nullable
    StackService service() {
        return app == null ? null : app.stack();
    }

    String file() {
        return files.getFirst();
    }

    /// How problems in other files call it.
    String where() {
        return "app \"%s\" in %s:%d".formatted(name, file(), line);
    }

    /// Reports an error at the value of this path, or at the app itself where the value comes from `defaults`: what
    /// is wrong for one app need not be wrong for all. Where it stands there is then a warning.
    void error(String path, String message) {
        var place = reading.placeOf(path);
        if (isHere(place)) {
            reading.error(place, path, message);
            return;
        }
        reading.error(new Yaml.Place(file(), line, 1), path, message, place);
        if (!reading.isUnfilled(path) && place.file().equals(RepositoryReader.FILE)) {
            reading.warning(null, place, "defaults." + path, "does not fit every app that gets it: " + message);
        }
    }

    /// Warns at the value of this path, or at the app itself where the value comes from `defaults`.
    void warning(Problem.@Nullable Code code, String path, String message) {
        var place = reading.placeOf(path);
        if (isHere(place)) {
            reading.warning(code, place, path, message);
        } else {
            var from = " (%s comes from %s:%d)".formatted(path, place.file(), place.line());
            reading.warning(code, new Yaml.Place(file(), line, 1), path, message + from);
        }
    }

    /// Holds the service of a stack file until its file says what is meant.
    void hold(Breach.Kind kind, String message, String allow) {
        if (breaches.stream().noneMatch(breach -> breach.kind() == kind)) {
            breaches.add(new Breach(kind, message, allow));
        }
    }

    private boolean isHere(Yaml.Place place) {
        return files.contains(place.file());
    }
}
