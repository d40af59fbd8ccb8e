package dev.holdfast.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.spec.RunsLabel;

/// The one write by which a run of a scheduled app begins, is stopped, or is written down. Nobody else can have made it
/// if the service is still as the plan has seen it.
///
/// @param id of the service
/// @param spec as it is but for the number, the label of the runs and, to begin one, a count
/// @param what for people
/// @param run that it is about
public record RunWrite(String app, String id, Step step, ObjectNode spec, String what, RunsLabel.Run run) {

    public enum Step {
        START,
        STOP,
        RECORD
    }
}
