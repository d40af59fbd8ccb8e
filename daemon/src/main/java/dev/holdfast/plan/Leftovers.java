package dev.holdfast.plan;

import dev.holdfast.live.Live;
import java.util.List;
import java.util.Set;

/// What a run leaves that nothing needs any more.
public final class Leftovers {

    private Leftovers() {}

    /// Secrets and configs of ours that neither a spec nor a previous spec names.
    public static List<Change.RemoveContent> contents(Live live, String cluster) {
        return Surroundings.unusedContents(live, cluster, Set.of());
    }
}
