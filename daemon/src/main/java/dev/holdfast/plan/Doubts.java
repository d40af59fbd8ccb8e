package dev.holdfast.plan;

import java.util.ArrayList;
import java.util.List;

/// Why tasks that a plan starts may never run: no node has room for them, or their image cannot be had. Where something
/// that runs would be stopped for them that is a hold, and else a warning.
final class Doubts {

    private final List<Hold> holds = new ArrayList<>();
    private final List<Warning> warnings = new ArrayList<>();

    /// @param changes all writes to services that the plan asks for
    Doubts(Situation situation, List<Change> changes) {
        for (var finding : Placements.of(situation, changes)) {
            if (finding.stops()) {
                holds.add(finding.hold());
            } else {
                warnings.add(finding.warning());
            }
        }
        for (var finding : NewImages.of(situation, changes)) {
            if (finding.hold() != null) {
                holds.add(finding.hold());
            } else if (finding.warning() != null) {
                warnings.add(finding.warning());
            }
        }
    }

    List<Hold> holds() {
        return holds;
    }

    List<Warning> warnings() {
        return warnings;
    }
}
