package dev.holdfast.migrate;

import dev.holdfast.app.Repository;
import dev.holdfast.yaml.Problem;
import dev.holdfast.yaml.Problems;
import dev.holdfast.yaml.Yaml;
import dev.holdfast.yaml.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// From a CapRover one-click template to app files: with the meaning that CapRover gives it, which leaves out much that
/// stands in it.
public final class CapRoverImport {

    /// What the person has said.
    ///
    /// @param app the name of the app, `$$cap_appname`
    /// @param set values of variables, by their ids with or without `$$cap_`
    /// @param network the network that all apps join, as CapRover's do
    /// @param traefik whether routes become labels for Traefik
    public record Options(String app, Map<String, String> set, String network, boolean traefik) {}

    private final String file;
    private final Options options;
    private final CapRoverVariables variables;
    private final List<Imported.Note> notes = new ArrayList<>();
    private final List<Imported.Decision> decisions = new ArrayList<>();

    private CapRoverImport(String file, Options options, CapRoverVariables variables) {
        this.file = file;
        this.options = options;
        this.variables = variables;
    }

    /// @throws NotImportable where the file is no template
    public static Imported of(String file, byte[] bytes, Options options) {
        var problems = new Problems();
        var documents = YamlReader.read(file, bytes, problems).documents();
        if (problems.hasErrors()) {
            throw new NotImportable(
                    problems.sorted().stream().map(Problem::toString).toList());
        }
        if (documents.size() != 1
                || !(documents.getFirst() instanceof Yaml.Mapping template)
                || !(template.get("services") instanceof Yaml.Mapping services)
                || template.get("captainVersion") == null) {
            throw new NotImportable(List.of(
                    file + ": is no CapRover template: it needs captainVersion and services; a Compose file is imported"
                            + " with holdfast import compose"));
        }
        var version = CapRoverVariables.text(template.get("captainVersion"));
        if (!"4".equals(version)) {
            throw new NotImportable(List.of(file + ": captainVersion must be 4 (got \"%s\")".formatted(version)));
        }
        var variables = new CapRoverVariables(options.app(), declared(template), options.set());
        return new CapRoverImport(file, options, variables).apps(services);
    }

    private static Map<String, Yaml.Mapping> declared(Yaml.Mapping template) {
        var variables = new LinkedHashMap<String, Yaml.Mapping>();
        if (template.get("caproverOneClickApp") instanceof Yaml.Mapping about
                && about.get("variables") instanceof Yaml.Sequence list) {
            for (var item : list.items()) {
                var id = item instanceof Yaml.Mapping variable ? CapRoverVariables.text(variable.get("id")) : null;
                if (id != null) {
                    variables.put(id, (Yaml.Mapping) item);
                }
            }
        }
        return variables;
    }

    private Imported apps(Yaml.Mapping services) {
        var names = new TreeSet<String>();
        services.entries().forEach(entry -> names.add(variables.filled(entry.key())));
        var drafts = new LinkedHashMap<String, Draft>();
        for (var entry : services.entries()) {
            var name = variables.filled(entry.key());
            if (entry.value() instanceof Yaml.Mapping service) {
                drafts.put(
                        name, new CapRoverService(name, names, service, variables, options, notes, decisions).draft());
            } else {
                notes.add(new Imported.Note(name, "", "is no mapping, and is left out"));
            }
        }
        DataDecisions.add(drafts.values(), new DataDecisions.Around(false, Map.of()), decisions);
        var texts = new TreeMap<String, String>();
        drafts.forEach((name, draft) -> {
            draft.comment("", "From CapRover's one-click app %s.".formatted(file.replaceAll(".*/", "")));
            texts.put(name, draft.text());
        });
        return new Imported(texts, additions(), variables.wanted(), Map.of(), notes, decisions);
    }

    private Repository additions() {
        return Additions.networks(options.network());
    }
}
