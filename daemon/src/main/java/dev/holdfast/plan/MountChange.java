package dev.holdfast.plan;

import dev.holdfast.data.Source;
import dev.holdfast.ledger.Claim;
import dev.holdfast.live.Mount;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Data that stays where it is, but that the app will not find as before: at another place in its container. That is
/// no error, and easily overlooked.
final class MountChange {

    private MountChange() {}

    /// Tells of data that moves inside the container.
    static void examine(AppDraft draft, DataRules.Finding finding) {
        var had = draft.had();
        if (had == null) {
            return;
        }
        for (var source : had.mounted()) {
            var before = had.service().mounts().stream()
                    .filter(mount -> (mount.isVolume() || mount.isBind())
                            && Source.of(mount).equals(source))
                    .map(Mount::target)
                    .collect(Collectors.toCollection(TreeSet::new));
            var claims = draft.claims().stream()
                    .filter(claim -> Source.of(claim).equals(source))
                    .toList();
            var after = claims.stream().map(Claim::target).collect(Collectors.toCollection(TreeSet::new));
            var left = new TreeSet<>(before);
            left.removeAll(after);
            if (!claims.isEmpty() && !left.isEmpty()) {
                var what = source.kind().word() + " " + source.name() + " at " + String.join(", ", after)
                        + ", no longer at " + String.join(", ", left);
                finding.data()
                        .add(new DataNote.IsMountedElsewhere(
                                draft.app().name(),
                                DataRules.data(claims.getFirst()),
                                List.copyOf(left),
                                List.copyOf(after)));
                finding.warnings()
                        .add(new Warning(
                                draft.app().name(),
                                WarningCode.TARGET_CHANGED,
                                "it has " + what + ": a program that still looks there finds nothing"));
            }
        }
    }
}
