package dev.holdfast.apply;

/// Who wants to know how a run goes on. Called from several threads; must not block for long and must not throw.
public interface Progress {

    /// Nobody.
    Progress SILENT = new Progress() {};

    /// A step of the whole run: "looking at the nodes' disks", "writing the ledger".
    default void step(String what) {}

    /// What one app is at: "stopping", "starting 1/3", "waiting for db". Comes again only when it changes.
    default void app(String app, String what) {}

    /// An app has ended.
    default void outcome(Outcome outcome) {}
}
