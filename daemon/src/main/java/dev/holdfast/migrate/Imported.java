package dev.holdfast.migrate;

import dev.holdfast.app.Repository;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// What an import comes to: files, and what has to be said about them.
///
/// @param apps the texts of app files, by the name of the app
/// @param additions what `holdfast.yaml` needs besides
/// @param wanted variables that `vars` needs and that only a person can say, with what each is
/// @param files what configs are made of, by path in the repository
/// @param notes what was left out or means something else, a sentence each
public record Imported(
        SortedMap<String, String> apps,
        Repository additions,
        SortedMap<String, String> wanted,
        Map<String, byte[]> files,
        List<Note> notes) {

    /// @param about the app, or the file
    public record Note(String about, String message) {
        @Override
        public String toString() {
            return about + ": " + message;
        }
    }
}
