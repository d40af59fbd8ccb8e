package dev.holdfast.app;

import dev.holdfast.value.TidyPath;
import dev.holdfast.yaml.Doc;
import dev.holdfast.yaml.Example;
import dev.holdfast.yaml.Keys;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The data of an app: which directories survive, on which node, and what a person has allowed to be left behind.
///
/// @param node hostname or ID of the node that the app is locked to; null lets Holdfast choose
/// @param directories what survives; none only where `leave` or `leaveDataOn` says what becomes of the data that was
///     there
/// @param leave volume names or host paths that this app gives up and that stay behind as orphans
/// @param eachNode whether each node has its own data (global apps)
/// @param leaveDataOn hostname or ID of the node whose data a move leaves behind
@Doc("The data of an app: what survives, and on which node.")
@Keys(atLeastOne = {"directories", "leave", "leave_data_on"})
public record Persistent(
        @Size(min = 1, message = "must not be empty")
        @Doc("Hostname or ID of the node that holds the data; Holdfast looks for the data, or chooses, where absent.")
        @Example("worker-1")
        @Nullable
        String node,

        @Doc("What survives: volumes, and directories of the host.")
        List<@Valid Directory> directories,

        @Doc("Volumes or host paths that the app gives up and that stay behind. Remove the line after it has worked"
                + " once.")
        List<String> leave,

        @Doc("The node whose data a move leaves behind. Remove the line after it has worked once.") @Nullable
        String leaveDataOn,

        @Doc("For a global app: every node that it runs on has its own data, and nothing is locked.")
        boolean eachNode) {

    public Persistent {
        leave = leave.stream().map(TidyPath::of).toList();
    }

    /// The data of an app that is locked to one node.
    public Persistent(
            @Nullable String node, List<Directory> directories, List<String> leave, @Nullable String leaveDataOn) {
        this(node, directories, leave, leaveDataOn, false);
    }

    /// The same of other directories; null where nothing is left to say.
    @Nullable
    Persistent with(List<Directory> others) {
        return others.isEmpty() && leave.isEmpty() && leaveDataOn == null
                ? null
                : new Persistent(node, others, leave, leaveDataOn, eachNode);
    }
}
