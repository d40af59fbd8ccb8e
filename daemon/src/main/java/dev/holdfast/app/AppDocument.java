package dev.holdfast.app;

import dev.holdfast.yaml.Problem;
import dev.holdfast.yaml.Reading;
import dev.holdfast.yaml.Yaml;
import org.jspecify.annotations.Nullable;

/// One document below `apps/`, as far as it could be read.
///
/// @param line where it declares its name, or begins
/// @param name as it stands in the file, even where the rest is wrong; null where there is none
/// @param app null where not even a record could be made of it
record AppDocument(
        String file,
        int line,
        @Nullable String name,
        @Nullable App app,
        Reading reading) {

    /// How problems in other files call it.
    String where() {
        return "app \"%s\" in %s:%d".formatted(name, file, line);
    }

    /// Reports an error at the value of this path, or at the app itself where the value comes from `defaults`: what
    /// is wrong for one app need not be wrong for all. Where it stands there is then a warning.
    void error(String path, String message) {
        var place = reading.placeOf(path);
        if (place.file().equals(file)) {
            reading.error(place, path, message);
            return;
        }
        reading.error(new Yaml.Place(file, line, 1), path, message, place);
        if (!reading.isUnfilled(path)) {
            reading.warning(null, place, "defaults." + path, "does not fit every app that gets it: " + message);
        }
    }

    /// Warns at the value of this path, or at the app itself where the value comes from `defaults`.
    void warning(Problem.@Nullable Code code, String path, String message) {
        var place = reading.placeOf(path);
        if (place.file().equals(file)) {
            reading.warning(code, place, path, message);
        } else {
            var from = " (%s comes from %s:%d)".formatted(path, place.file(), place.line());
            reading.warning(code, new Yaml.Place(file, line, 1), path, message + from);
        }
    }
}
