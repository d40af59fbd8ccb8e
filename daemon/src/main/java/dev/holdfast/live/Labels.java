package dev.holdfast.live;

/// The labels that Holdfast and Docker's own tools put on objects of the Swarm.
public final class Labels {

    public static final String CLUSTER = "dev.holdfast.cluster";
    public static final String APP = "dev.holdfast.app";

    /// The node and the claims that the app had when it was last applied (see `dev.holdfast.data.ClaimsLabel`):
    /// what differs from it was done by hand.
    public static final String CLAIMS = "dev.holdfast.claims";

    /// What a service mounts that is no claim of its own kind (see `dev.holdfast.data.MountsLabel`).
    public static final String MOUNTS = "dev.holdfast.mounts";

    /// On a volume that was made as scratch: it is no data.
    public static final String SCRATCH = "dev.holdfast.scratch";

    public static final String COMMIT = "dev.holdfast.commit";
    public static final String SOURCE = "dev.holdfast.source";

    /// On a secret or config that has the name that its stack file gives it: what tells its content, since the name
    /// does not.
    public static final String CONTENT = "dev.holdfast.content";

    public static final String LEDGER = "dev.holdfast.ledger";
    public static final String LOCK = "dev.holdfast.lock";

    public static final String SURVEY = "dev.holdfast.survey";

    /// On the lock: the process that holds it.
    public static final String LOCK_PROCESS = "dev.holdfast.lock.process";

    /// On a service that Holdfast itself has set to 0: how many instances it had, and gets back.
    public static final String STOPPED = "dev.holdfast.stopped";

    /// The constraint that no node satisfies, which stops a global service: such a one has no number of instances.
    public static final String STOPPED_CONSTRAINT = "node.labels." + STOPPED + "==never";

    /// On a service that runs on a schedule: the times, as its file has them.
    public static final String SCHEDULE = "dev.holdfast.schedule";

    /// Since when it has that schedule: a run whose time was before is none that was missed.
    public static final String SCHEDULE_SINCE = "dev.holdfast.schedule.since";

    /// The last runs of a scheduled app (see `dev.holdfast.spec.RunsLabel`), the one that goes on among them.
    public static final String RUNS = "dev.holdfast.runs";

    /// On a service whose app has tasks before or after its changes: which change they have run for, or shall (see
    /// `dev.holdfast.spec.HookSpec`).
    public static final String HOOKS = "dev.holdfast.hooks";

    /// The same of the last task after a change that has ended well.
    public static final String AFTER = "dev.holdfast.after";

    /// On a service that is such a task, and on its container: the app, and the cluster that it belongs to. It is
    /// no app itself.
    public static final String HOOK = "dev.holdfast.hook";

    public static final String HOOK_CLUSTER = "dev.holdfast.hook.cluster";

    /// Set by people: no write to this app until it is gone; the value says why.
    public static final String PAUSE = "dev.holdfast.pause";

    public static final String STACK = "com.docker.stack.namespace";
    public static final String STACK_IMAGE = "com.docker.stack.image";

    private Labels() {}
}
