package dev.holdfast.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.ledger.Claim;
import dev.holdfast.spec.FieldChange;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One write that the plan asks for. There is none for volumes and none for directories.
public sealed interface Change {

    enum Kind {
        NETWORK,
        SECRET,
        CONFIG,
        SERVICE;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    enum Action {
        CREATE,
        UPDATE,
        REMOVE;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    Kind kind();

    /// The object's name in the Swarm.
    String name();

    /// The app that it belongs to; empty for networks, and for secrets and configs, which several apps may use.
    default String app() {
        return "";
    }

    Action action();

    /// Whether tasks of the app start anew.
    default boolean restarts() {
        return false;
    }

    /// Apps that must have converged first.
    default Set<String> after() {
        return Set.of();
    }

    /// IDs of services whose tasks must have been seen gone first.
    default Set<String> takesFrom() {
        return Set.of();
    }

    default List<FieldChange> fields() {
        return List.of();
    }

    /// A write to a service.
    sealed interface ServiceChange extends Change {
        @Override
        default Kind kind() {
            return Kind.SERVICE;
        }

        @Override
        default String name() {
            return app();
        }
    }

    sealed interface NetworkChange extends Change {
        @Override
        default Kind kind() {
            return Kind.NETWORK;
        }
    }

    /// @param body what to send to the engine
    record CreateNetwork(String name, ObjectNode body) implements NetworkChange {
        @Override
        public Action action() {
            return Action.CREATE;
        }
    }

    record RemoveNetwork(String name, String id) implements NetworkChange {
        @Override
        public Action action() {
            return Action.REMOVE;
        }
    }

    /// A secret or config under its content-addressed name.
    record CreateContent(
            Kind kind,
            String name,
            String source,
            byte[] data,
            ObjectNode labels,
            @Nullable String templateDriver) implements Change {
        @Override
        public Action action() {
            return Action.CREATE;
        }
    }

    /// A secret or config that nothing names any more, neither a spec nor a previous spec.
    record RemoveContent(Kind kind, String name, String id) implements Change {
        @Override
        public Action action() {
            return Action.REMOVE;
        }
    }

    /// @param spec the whole spec; networks by name, secrets and configs by name with an empty ID
    /// @param claims what must be in the ledger before this service exists
    /// @param after apps that must have converged first
    /// @param takesFrom IDs of services whose tasks must have been seen gone before this one starts
    /// @param hash of what is wanted ([SpecHash]): if it fails, just that is not tried again
    record CreateService(
            String app,
            ObjectNode spec,
            List<Claim> claims,
            Set<String> after,
            Set<String> takesFrom,
            Duration timeout,
            String hash)
            implements ServiceChange {
        @Override
        public Action action() {
            return Action.CREATE;
        }
    }

    /// @param spec the whole spec to send; fields that differ in spelling only keep their live form
    /// @param stopFirst the tasks must be stopped and seen gone before the new spec is sent: the app is persistent
    ///     and restarts, or gives up a claim that another takes
    /// @param formerNode the ID that its node had before it joined anew: no task runs there any more; null where it
    ///     is the same
    record UpdateService(
            String app,
            String id,
            ObjectNode spec,
            List<FieldChange> fields,
            boolean restarts,
            boolean stopFirst,
            @Nullable String formerNode,
            List<Claim> claims,
            Set<String> after,
            Set<String> takesFrom,
            Duration timeout,
            String hash)
            implements ServiceChange {
        @Override
        public Action action() {
            return Action.UPDATE;
        }

        UpdateService with(List<FieldChange> told) {
            return new UpdateService(
                    app, id, spec, told, restarts, stopFirst, formerNode, claims, after, takesFrom, timeout, hash);
        }
    }

    /// To 0 and back, and nothing else: what Holdfast does even to an app that it otherwise leaves as it is.
    ///
    /// @param spec as it is but for the number
    /// @param starts back to what it had; false for the fence, to 0
    record ScaleService(String app, String id, ObjectNode spec, List<FieldChange> fields, boolean starts)
            implements ServiceChange {
        @Override
        public Action action() {
            return Action.UPDATE;
        }
    }

    /// The service alone; its claims become orphans and its data stays.
    ///
    /// @param stopFirst another app takes a claim of it: it is scaled to 0 and removed only after the taker runs
    record RemoveService(String app, String id, boolean stopFirst, List<Claim> claims) implements ServiceChange {
        @Override
        public Action action() {
            return Action.REMOVE;
        }
    }
}
