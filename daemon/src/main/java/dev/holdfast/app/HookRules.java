package dev.holdfast.app;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// What fits to an app that has a task before or after its changes.
final class HookRules {

    private static final int LONGEST_NAME = 63;

    private final AppDocument document;
    private final App app;

    private HookRules(AppDocument document, App app) {
        this.document = document;
        this.app = app;
    }

    static void check(List<AppDocument> documents) {
        var names = documents.stream()
                .filter(document -> document.name() != null)
                .map(document -> String.valueOf(document.name()).toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        for (var document : documents) {
            if (document.app() != null) {
                for (var when : Hook.When.values()) {
                    if (when.of(document.app()) != null) {
                        new HookRules(document, document.app()).check(when, names);
                    }
                }
            }
        }
    }

    private void check(Hook.When when, Set<String> names) {
        var path = (document.stack() ? StackExtension.KEY + "." : "") + when.word();
        var service = when.service(app.name());
        if (app.schedule() != null) {
            document.error(
                    path,
                    "an app that runs on a schedule has none: a change of its file runs nothing; let its"
                            + " command do it");
        } else if (app.deploy().isJob()) {
            document.error(path, "a job has none: Swarm runs it again at each write; let its command do it");
        } else if (service.length() > LONGEST_NAME) {
            document.error(
                    path,
                    "it runs as service %s, and a name has at most %d letters; give the app a shorter one"
                            .formatted(service, LONGEST_NAME));
        } else if (names.contains(service.toLowerCase(Locale.ROOT))) {
            document.error(path, "it runs as service %s, and an app is called so; rename that one".formatted(service));
        }
    }
}
