package dev.holdfast.app;

/// A rule of data that a service of a stack file breaks. A stack file may be right for those who deploy it without
/// Holdfast, so this is no error: the service is held until the file says what is meant.
///
/// @param message what would become of the data
/// @param allow the lines to write
public record Breach(Kind kind, String message, String allow) {

    public enum Kind {
        SEVERAL_INSTANCES,
        GLOBAL_WITH_DATA,
        START_FIRST_WITH_DATA,
        JOB_WITH_DATA,
        TWO_WRITERS
    }
}
