package dev.holdfast.registry;

import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Answers that are asked for once, by whoever comes first, each in a thread of its own. Safe for use by many threads.
final class Once<K, V> {

    /// May wait.
    interface Question<K, V> {
        V ask(K key) throws InterruptedException;
    }

    private final Map<K, FutureTask<V>> asked = new ConcurrentHashMap<>();
    private final Question<K, V> question;

    Once(Question<K, V> question) {
        this.question = question;
    }

    /// Asks, and does not wait.
    FutureTask<V> begin(K key) {
        return asked.computeIfAbsent(key, it -> {
            var task = new FutureTask<>(() -> question.ask(it));
            Thread.ofVirtual().start(task);
            return task;
        });
    }

    V get(K key) throws InterruptedException {
        try {
            return begin(key).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException known ? known : new CompletionException(e.getCause());
        }
    }

    void forget() {
        asked.clear();
    }
}
