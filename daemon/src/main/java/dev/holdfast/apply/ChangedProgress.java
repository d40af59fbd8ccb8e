package dev.holdfast.apply;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Passes on only what is new: waiting looks twice a second, and its listener wants to hear of changes.
final class ChangedProgress implements Progress {

    private final Progress listener;
    private final Map<String, String> apps = new ConcurrentHashMap<>();
    private final Set<String> ended = ConcurrentHashMap.newKeySet();

    ChangedProgress(Progress listener) {
        this.listener = listener;
    }

    @Override
    public void step(String what) {
        listener.step(what);
    }

    @Override
    public void app(String app, String what) {
        if (!what.equals(apps.put(app, what))) {
            listener.app(app, what);
        }
    }

    @Override
    public void outcome(Outcome outcome) {
        if (ended.add(outcome.app())) {
            listener.outcome(outcome);
        }
    }
}
