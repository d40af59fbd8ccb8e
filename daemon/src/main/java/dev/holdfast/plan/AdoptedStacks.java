package dev.holdfast.plan;

import dev.holdfast.app.App;
import dev.holdfast.app.Desired.DeclaredApp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Stacks that `holdfast.yaml` has taken over, and that all belong to Holdfast by now: the line is done.
final class AdoptedStacks {

    private AdoptedStacks() {}

    static List<Warning> warnings(Situation situation) {
        Map<String, List<App>> byName = new TreeMap<>();
        for (var declared : situation.supposed() == null ? situation.desired().apps() : List.<DeclaredApp>of()) {
            var stack = declared.app().stack();
            if (stack != null && stack.adopt()) {
                byName.computeIfAbsent(stack.stack(), _ -> new ArrayList<>()).add(declared.app());
            }
        }
        var warnings = new ArrayList<Warning>();
        byName.forEach((stack, apps) -> {
            if (apps.stream().allMatch(app -> isOurs(situation, app))) {
                warnings.add(new Warning(
                        apps.getFirst().name(),
                        WarningCode.ADOPT_DONE,
                        "all of stack " + stack + " has been adopted: remove the line adopt: true of stacks." + stack
                                + " from holdfast.yaml"));
            }
        });
        return warnings;
    }

    private static boolean isOurs(Situation situation, App app) {
        return situation
                .live()
                .service(app.name())
                .filter(service -> service.belongsTo(situation.cluster()))
                .isPresent();
    }
}
