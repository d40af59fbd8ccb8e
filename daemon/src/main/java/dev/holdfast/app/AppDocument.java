package dev.holdfast.app;

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
    /// is wrong for one app need not be wrong for all.
    void error(String path, String message) {
        var place = reading.placeOf(path);
        reading.error(place.file().equals(file) ? place : new Yaml.Place(file, line, 1), path, message);
    }

    void warning(String path, String message) {
        reading.warning(path, message);
    }
}
