package dev.holdfast.run;

import dev.holdfast.live.Live;
import dev.holdfast.live.Node;
import dev.holdfast.plan.Warning;
import dev.holdfast.plan.WarningCode;
import dev.holdfast.survey.Survey;
import java.util.ArrayList;
import java.util.List;

/// What a look at the nodes' disks shows that concerns no single app.
final class SurveyWarnings {

    private SurveyWarnings() {}

    static List<Warning> of(Survey survey, Live live) {
        var warnings = new ArrayList<Warning>();
        if (survey.problem() != null) {
            warnings.add(new Warning("", WarningCode.SURVEY_INCOMPLETE, survey.problem()));
        }
        live.nodes().forEach(node -> survey.node(node.id()).ifPresent(seen -> leftBehind(node, seen, warnings)));
        return List.copyOf(warnings);
    }

    /// A volume that nobody named dies with its container, unless that was removed without it: then nobody will
    /// ever look for it again.
    private static void leftBehind(Node node, Survey.NodeSurvey seen, List<Warning> warnings) {
        var count = seen.volumes().values().stream()
                .filter(volume ->
                        volume.isAnonymous() && seen.usersOf(volume.name()).isEmpty())
                .count();
        if (count > 0) {
            warnings.add(new Warning(
                    "",
                    WarningCode.ANONYMOUS_VOLUMES,
                    "node " + node.hostname() + " has " + count + (count == 1 ? " volume" : " volumes")
                            + " without a name that no container uses: what an image's VOLUME kept for containers that"
                            + " are gone. `holdfast orphans --all` lists them"));
        }
    }
}
