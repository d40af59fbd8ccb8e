package dev.holdfast.plan;

import dev.holdfast.yaml.Problem;
import java.util.List;

/// What the change between two states of a repository means.
///
/// @param base commit
/// @param head commit, with `-dirty` behind it where a work tree was read that differs; `worktree` where there is none
/// @param plan from a Swarm that is just as `base` says
/// @param problems that `head` has and `base` has not
/// @param solved how many problems `base` has and `head` has not
public record Difference(String base, String head, Plan plan, List<Problem> problems, int solved) {

    /// Whether the change changes anything, in the Swarm or in what is known to be wrong.
    public boolean isSomething() {
        return !plan.isEmpty()
                || !plan.holds().isEmpty()
                || !plan.settings().isEmpty()
                || !problems.isEmpty()
                || solved > 0;
    }
}
