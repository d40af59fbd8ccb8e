package dev.holdfast.apply;

import dev.holdfast.plan.Change;
import dev.holdfast.plan.Exchange;
import dev.holdfast.plan.HookRun;
import dev.holdfast.plan.Plan;
import dev.holdfast.plan.RunWrite;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// What one step of a run does. None touches data.
public sealed interface Act {

    /// Which no other act of the same plan has.
    String name();

    /// The app that it is done for; empty where it is done for several.
    default String app() {
        return "";
    }

    /// A network, secret or config comes to be there.
    record Create(Change change) implements Act {
        @Override
        public String name() {
            return "create " + change.kind().word() + " " + change.name();
        }
    }

    /// The service of a node that is down goes to 0.
    record Fence(Change.ScaleService change) implements Act {
        @Override
        public String name() {
            return "fence " + app();
        }

        @Override
        public String app() {
            return change.app();
        }
    }

    /// A service that gives data to another goes to 0, and its tasks are seen gone.
    ///
    /// @param change the removal or update of that service
    /// @param id of the service
    record Stop(Change.ServiceChange change, String id) implements Act {
        @Override
        public String name() {
            return "stop " + app();
        }

        @Override
        public String app() {
            return change.app();
        }
    }

    /// A service gives up published ports that an app of this plan wants.
    ///
    /// @param ports such as `80/tcp`
    record FreePorts(String app, String id, Set<String> ports) implements Act {
        @Override
        public String name() {
            return "free ports of " + app;
        }
    }

    /// A service is created or updated, and has converged at the end.
    ///
    /// @param unstopped IDs of services that must have been seen gone too, and that nothing in this plan stops
    record Deploy(Change.ServiceChange change, Set<String> unstopped) implements Act {
        @Override
        public String name() {
            return change.action().word() + " " + app();
        }

        @Override
        public String app() {
            return change.app();
        }
    }

    /// A task runs to its end before or after a change of its app.
    record RunHook(HookRun run) implements Act {
        @Override
        public String name() {
            return "run " + run.when().word() + " of " + app();
        }

        @Override
        public String app() {
            return run.app();
        }
    }

    /// The service of a task that ran before the change of an app goes, once the app has converged.
    record ClearHook(HookRun run) implements Act {
        @Override
        public String name() {
            return "clear " + run.when().word() + " of " + app();
        }

        @Override
        public String app() {
            return run.app();
        }
    }

    /// One that nobody asks for any more goes, whatever becomes of its app.
    record ClearLeft(Plan.LeftHook left) implements Act {
        @Override
        public String name() {
            return "clear " + left.service();
        }
    }

    /// A rollout that another run has begun comes to its end.
    record Await(Plan.Unfinished rollout) implements Act {
        @Override
        public String name() {
            return "await " + app();
        }

        @Override
        public String app() {
            return rollout.app();
        }
    }

    /// What a fence, or a run that did not come to its end, has stopped gets its tasks back, though its app is held
    /// by now.
    record StartAgain(Change.ScaleService change) implements Act {
        @Override
        public String name() {
            return "start " + app() + " again";
        }

        @Override
        public String app() {
            return change.app();
        }
    }

    /// Data that could not be taken over goes back to whom it came from.
    record PutBack(Exchange exchange) implements Act {
        @Override
        public String name() {
            return "put back "
                    + exchange.changes().stream().map(Change::app).sorted().collect(Collectors.joining(", "));
        }
    }

    /// A run of a scheduled app begins, is stopped or is written down.
    record Run(RunWrite write) implements Act {
        @Override
        public String name() {
            return write.step().name().toLowerCase(Locale.ROOT) + " a run of " + app();
        }

        @Override
        public String app() {
            return write.app();
        }
    }

    /// A service goes, and its data stays.
    record Remove(Change.RemoveService change) implements Act {
        @Override
        public String name() {
            return "remove " + app();
        }

        @Override
        public String app() {
            return change.app();
        }
    }

    record RemoveNetwork(Change.RemoveNetwork change) implements Act {
        @Override
        public String name() {
            return "remove network " + change.name();
        }
    }

    /// Secrets and configs that neither a spec nor a previous spec names by then.
    record RemoveContents() implements Act {
        @Override
        public String name() {
            return "remove unused secrets and configs";
        }
    }
}
