package dev.holdfast.app;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The data of an app: which directories survive, on which node, and what a person has allowed to be left behind.
///
/// @param node hostname or ID of the node that the app is locked to; null lets Holdfast choose
/// @param directories what survives; at least one
/// @param leave volume names or host paths that this app gives up and that stay behind as orphans
/// @param leaveDataOn hostname or ID of the node whose data a move leaves behind
public record Persistent(
        @Nullable String node, List<Directory> directories, List<String> leave, @Nullable String leaveDataOn) {}
