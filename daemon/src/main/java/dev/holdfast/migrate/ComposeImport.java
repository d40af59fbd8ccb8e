package dev.holdfast.migrate;

import dev.holdfast.app.StackExtension;
import dev.holdfast.app.StackExtensions;
import dev.holdfast.compose.ComposeService;
import dev.holdfast.compose.StackFile;
import dev.holdfast.compose.StackInput;
import dev.holdfast.compose.StackReader;
import dev.holdfast.compose.StackVariables;
import dev.holdfast.yaml.Placeholder;
import dev.holdfast.yaml.Problem;
import dev.holdfast.yaml.Problems;
import dev.holdfast.yaml.Secrets;
import dev.holdfast.yaml.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// From the Compose files of a stack to app files, read as `docker stack deploy` reads them: `<stack>_<service>` each,
/// in the networks of the stack.
///
/// The files are read twice: with the values of the variables, which makes the meaning, and with marks in their place,
/// which tells where in a text a variable stands.
public final class ComposeImport {

    /// @param files paths in the source, each merged over those before it
    /// @param envFile path in the source of the file with the variables; null for `.env` beside the first file
    /// @param fresh whether the stack does not run yet: then nothing is adopted, and its networks are made
    public record Options(
            String stack, List<String> files, @Nullable String envFile, boolean fresh) {}

    private final Options options;
    private final StackFile stack;
    private final StackFile marked;
    private final Map<String, String> variables;
    private final List<Imported.Note> notes = new ArrayList<>();
    private final List<Imported.Decision> decisions = new ArrayList<>();
    private final SortedMap<String, String> vars = new TreeMap<>();
    private final SortedMap<String, Imported.Wanted> wanted = new TreeMap<>();
    private final Map<String, StackExtension> words = new TreeMap<>();
    private final Set<String> sharedVolumes;
    private final ComposeObjects objects;

    private ComposeImport(Source source, Options options, Map<String, String> variables, StackFile stack) {
        this.options = options;
        this.variables = variables;
        this.stack = stack;
        var marks = new TreeMap<String, String>();
        variables.keySet().forEach(name -> marks.put(name, Placeholder.of(name)));
        this.marked = StackReader.read(source, new StackInput(options.stack(), options.files(), marks), new Problems());
        stack.services().values().forEach(service -> words.put(service.name(), words(service)));
        var shared = new TreeSet<String>();
        words.values().forEach(each -> shared.addAll(each.shared()));
        this.sharedVolumes = shared;
        this.objects = new ComposeObjects(source, stack, options, shared, notes);
    }

    /// @throws NotImportable where the client would refuse the files
    public static Imported of(Source source, Options options) {
        var problems = new Problems();
        var variables =
                StackVariables.read(source, options.envFile(), options.files().getFirst(), Map.of(), problems);
        var stack = StackReader.read(source, new StackInput(options.stack(), options.files(), variables), problems);
        if (problems.hasErrors()) {
            throw new NotImportable(problems.sorted().stream()
                    .filter(Problem::isError)
                    .map(Problem::toString)
                    .toList());
        }
        if (stack.services().isEmpty()) {
            throw new NotImportable(List.of(String.join(", ", options.files()) + ": has no services"));
        }
        var result = new ComposeImport(source, options, variables, stack);
        problems.sorted().forEach(warning -> result.notes.add(told(warning)));
        return result.services();
    }

    private static Imported.Note told(Problem warning) {
        return new Imported.Note(
                "%s:%d:%d".formatted(warning.file(), warning.line(), warning.column()),
                warning.path(),
                (warning.path().isEmpty() ? "" : warning.path() + ": ") + warning.message());
    }

    private Imported services() {
        var drafts = new LinkedHashMap<String, Draft>();
        for (var service : stack.services().values()) {
            var other = marked.services().getOrDefault(service.name(), service);
            var otherWords = StackExtensions.read(marked, other, new Problems());
            var read =
                    new ComposeDraft.Read(service, other, words.getOrDefault(service.name(), otherWords), otherWords);
            var draft = new ComposeDraft(stack, read, objects, this::text, this::secret, notes).draft();
            draft.sharedVolumes(sharedVolumes);
            if (!options.fresh()) {
                draft.putValue("adopt", true);
                draft.comment("adopt", "counts once; remove the line when it has worked");
            }
            drafts.put(draft.name(), draft);
        }
        var volumes = objects.additions(vars).volumes();
        var around = new DataDecisions.Around(!options.fresh(), volumes, objects::volumeBeside, objects::filesBeside);
        DataDecisions.add(drafts.values(), around, decisions);
        drafts.values().stream().filter(Draft::speaksOfNoData).forEach(this::noteNoData);
        var texts = new TreeMap<String, String>();
        drafts.forEach((name, draft) -> texts.put(name, draft.text()));
        notes.add(new Imported.Note(
                options.stack(),
                "deploy",
                "where its files are silent on how tasks are replaced and put back, Holdfast's defaults count:"
                        + " start-first, rollback on failure (never for data)"));
        return new Imported(texts, objects.additions(vars), wanted, objects.files(), notes, decisions);
    }

    /// What is wrong in them is told, and left out.
    private StackExtension words(ComposeService service) {
        var problems = new Problems();
        var read = StackExtensions.read(stack, service, problems);
        problems.sorted().forEach(problem -> {
            var told = told(problem);
            notes.add(new Imported.Note(told.about(), told.place(), told.message() + "; that is left out"));
        });
        return read;
    }

    private void noteNoData(Draft draft) {
        notes.add(new Imported.Note(
                draft.name(),
                StackExtension.KEY,
                "node and each_node of x-holdfast are left out: the service has no data"));
    }

    /// The text with variables where it has them, as the marked reading tells; where that says something else, as
    /// it is.
    private String text(String real, String withMarks) {
        var names = Placeholder.names(withMarks);
        var back = withMarks;
        for (var name : names) {
            back = back.replace(Placeholder.of(name), variables.getOrDefault(name, ""));
        }
        if (names.isEmpty() || !back.equals(real)) {
            return real;
        }
        var text = withMarks;
        for (var name : names) {
            text = text.replace(Placeholder.of(name), Placeholder.of(variable(name, Secrets.isName(name))));
        }
        return text;
    }

    /// The value of a variable of the environment whose name says secret: variables stay, anything else becomes
    /// one.
    private String secret(String app, String name, String real, String withMarks) {
        var text = text(real, withMarks);
        if (Placeholder.names(text).isEmpty()) {
            var variable = SecretValues.variable(app, name);
            wanted.put(variable, new Imported.Wanted(true, "a secret, as the Compose file has it"));
            return Placeholder.of(variable);
        }
        Placeholder.names(withMarks).forEach(used -> variable(used, true));
        return text;
    }

    private String variable(String name, boolean secret) {
        var own = SecretValues.variable(options.stack(), name);
        if (secret || wanted.containsKey(own)) {
            vars.remove(own);
            wanted.put(own, new Imported.Wanted(true, "a secret, %s of the stack's variables".formatted(name)));
        } else {
            vars.put(own, variables.getOrDefault(name, ""));
        }
        return own;
    }
}
