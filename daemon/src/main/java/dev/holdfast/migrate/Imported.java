package dev.holdfast.migrate;

import dev.holdfast.app.Repository;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// What an import comes to: files, and what has to be said about them.
///
/// @param apps the texts of app files, by the name of the app
/// @param additions what `holdfast.yaml` needs besides
/// @param wanted variables that `vars` needs and that only a person can say
/// @param files what configs are made of, by path in the repository
/// @param notes what was left out or means something else, a sentence each
/// @param decisions what a person has to decide before a file is right
public record Imported(
        SortedMap<String, String> apps,
        Repository additions,
        SortedMap<String, Wanted> wanted,
        Map<String, byte[]> files,
        List<Note> notes,
        List<Decision> decisions) {

    /// A variable that only a person can say.
    ///
    /// @param what it is, for people
    public record Wanted(boolean secret, String what) {
        static Wanted secret(@Nullable String what) {
            return new Wanted(true, "a secret" + (what == null ? "" : ": " + what));
        }

        @Override
        public String toString() {
            return what;
        }
    }

    /// @param about the app, the object, or the file
    /// @param place the key that it is about, as the other tool has it; empty for all of it
    public record Note(String about, String place, String message) {
        @Override
        public String toString() {
            return about + ": " + message;
        }
    }

    /// @param place the key of the app's file at which the choices stand
    /// @param why it has to be decided
    /// @param choices what there is to choose from; none where something has to be made first
    public record Decision(String app, String place, String why, List<String> choices) {
        @Override
        public String toString() {
            return "%s: %s%s".formatted(app, why, choices.isEmpty() ? "" : "; its file has the choices");
        }
    }
}
