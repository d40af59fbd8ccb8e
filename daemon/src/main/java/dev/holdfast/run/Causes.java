package dev.holdfast.run;

import dev.holdfast.app.AppFiles;
import dev.holdfast.app.Desired;
import dev.holdfast.app.Desired.DeclaredApp;
import dev.holdfast.app.StackFiles;
import dev.holdfast.plan.Change;
import dev.holdfast.plan.Plan;
import dev.holdfast.plan.Warning;
import dev.holdfast.plan.WarningCode;
import dev.holdfast.yaml.Source;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Why no file declares an app any more: moved, hidden, renamed, taken out of its file. What somebody meant by a
/// removal is seen in the files, and what nobody meant, too.
final class Causes {

    /// One state of the repository.
    record State(Source source, Desired desired) {
        Optional<DeclaredApp> declared(String app) {
            return desired.apps().stream()
                    .filter(each -> each.app().name().equals(app))
                    .findFirst();
        }
    }

    /// So many files are opened to find one that was moved.
    private static final int OPENED = 2_000;

    private static final Pattern LIKE_YAML = Pattern.compile("(?i).*\\.(?:ya?ml|json)(?:[.~#].*)?");

    private final @Nullable State before;
    private final State after;
    private final List<String> elsewhere;

    private Causes(@Nullable State before, State after) {
        this.before = before;
        this.after = after;
        this.elsewhere = after.source().paths().stream()
                .filter(path -> !isRead(path))
                .sorted(Comparator.comparing((String path) -> !path.startsWith("apps/"))
                        .thenComparing(path -> path))
                .toList();
    }

    /// The plan with the cause of each removal, and of each that is held.
    ///
    /// @param before what was applied last, or is compared with; empty where that is not known. Asked for where
    ///     something is removed
    static Plan told(Plan plan, Supplier<Optional<State>> before, State after) {
        var gone = new TreeSet<String>();
        plan.changes().stream()
                .filter(change -> change instanceof Change.RemoveService)
                .forEach(change -> gone.add(change.app()));
        plan.holds().stream()
                .map(hold -> hold.app())
                .filter(app -> after.declared(app).isEmpty()
                        && !after.desired().broken().contains(app))
                .forEach(gone::add);
        if (gone.isEmpty()) {
            return plan;
        }
        var causes = new Causes(before.get().orElse(null), after);
        var warnings = new ArrayList<Warning>();
        for (var app : gone) {
            causes.of(app).ifPresent(cause -> warnings.add(new Warning(app, WarningCode.NO_LONGER_DECLARED, cause)));
        }
        return plan.withWarnings(warnings);
    }

    private Optional<String> of(String app) {
        var was = before == null ? Optional.<DeclaredApp>empty() : before.declared(app);
        if (isLeftOut(app, was)) {
            return Optional.of("this cluster runs it no more: its file in clusters/ leaves it out (only, except)");
        }
        if (was.isPresent() && isRead(was.get().file()) && isThere(was.get().file())) {
            return Optional.of(inItsFile(app, was.get()));
        }
        var bytes = was.isEmpty() ? null : bytes(before, was.get().file());
        var found = elsewhere.stream()
                .limit(OPENED)
                .filter(path -> was.isEmpty() || isNew(path))
                .filter(path -> holds(app, bytes, was.map(DeclaredApp::file).orElse(""), path))
                .findFirst();
        if (found.isPresent()) {
            return Optional.of(moved(was.map(DeclaredApp::file), found.get()));
        }
        return was.map(declared -> renamed(declared)
                .map(other -> "%s is gone, and %s declares \"%s\": another name is another app"
                        .formatted(declared.file(), other.file(), other.app().name()))
                .orElse("the file %s is gone".formatted(declared.file())));
    }

    private boolean isLeftOut(String app, Optional<DeclaredApp> was) {
        var leftOut = after.desired().leftOut();
        return leftOut.contains(app)
                || was.map(declared -> declared.app().stack())
                        .filter(stack -> leftOut.contains(stack.stack()))
                        .isPresent();
    }

    private String inItsFile(String app, DeclaredApp was) {
        var file = was.file();
        var others = newApps().stream().filter(each -> each.file().equals(file)).toList();
        if (!others.isEmpty()) {
            var names =
                    others.stream().map(each -> "\"" + each.app().name() + "\"").collect(Collectors.joining(", "));
            return "%s now declares %s and not \"%s\": another name is another app, for the Swarm too"
                    .formatted(file, names, app);
        }
        return "%s is there, and declares \"%s\" no more".formatted(file, app);
    }

    private static String moved(Optional<String> was, String now) {
        var how = was.map(file -> file + " is now " + now).orElse("it stands in " + now);
        var why = AppFiles.whyNot(now)
                .orElse(
                        now.startsWith("apps/")
                                ? "such a file is not read"
                                : "only files below apps/ and stack files are read");
        return how + ", and " + why;
    }

    /// An app that is new, and has its image and its file's name or all that makes it the same one.
    private Optional<DeclaredApp> renamed(DeclaredApp was) {
        return newApps().stream()
                .filter(each -> each.app().image().equals(was.app().image())
                        && each.app().command().equals(was.app().command())
                        && each.app().environment().equals(was.app().environment())
                        && each.app().directories().equals(was.app().directories()))
                .findFirst();
    }

    private List<DeclaredApp> newApps() {
        return after.desired().apps().stream()
                .filter(each ->
                        before != null && before.declared(each.app().name()).isEmpty())
                .toList();
    }

    private boolean isNew(String path) {
        return before == null || !before.source().paths().contains(path);
    }

    private boolean isThere(String file) {
        return after.source().paths().contains(file);
    }

    private boolean holds(String app, byte @Nullable [] was, String file, String path) {
        var sameName = nameOf(path).equals(nameOf(file));
        if (!sameName && !LIKE_YAML.matcher(nameOf(path)).matches()) {
            return false;
        }
        var bytes = bytes(after, path);
        return bytes != null && (was != null && Arrays.equals(was, bytes) || declares(app, bytes));
    }

    private static boolean isRead(String path) {
        return AppFiles.isRead(path) || StackFiles.isUsual(path);
    }

    private static String nameOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static boolean declares(String app, byte[] bytes) {
        return Pattern.compile("(?m)^name:[ \\t]*[\"']?" + Pattern.quote(app) + "[\"']?[ \\t]*(?:#.*)?\\r?$")
                .matcher(new String(bytes, StandardCharsets.UTF_8))
                .find();
    }

    private static byte @Nullable [] bytes(@Nullable State state, String path) {
        try {
            return state == null ? null : state.source().read(path).orElse(null);
        } catch (Source.UnreadableFile unreadable) {
            return null;
        }
    }
}
