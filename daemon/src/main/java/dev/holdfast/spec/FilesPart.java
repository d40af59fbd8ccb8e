package dev.holdfast.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.holdfast.app.App;
import dev.holdfast.app.FileReference;
import dev.holdfast.value.TidyPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Files of secrets or configs, by where they appear in the container. IDs are empty until a spec is sent and are not
/// compared: the name of what Holdfast makes tells its content.
final class FilesPart implements SpecPart {

    /// What a file may be read by, if nothing else is said: all.
    private static final int MODE = 0444;

    private static final Comparator<FileReference> ORDER =
            Comparator.comparing(FileReference::targetOrSource).thenComparing(FileReference::source);

    private final Function<App, List<FileReference>> files;
    private final BiFunction<SpecContext.ObjectNames, String, String> name;
    private final String kind;
    private final String folder;

    /// @param kind `Secret` or `Config`, which is how the engine's fields begin
    /// @param folder where the engine puts a file whose name is no path
    private FilesPart(
            Function<App, List<FileReference>> files,
            BiFunction<SpecContext.ObjectNames, String, String> name,
            String kind,
            String folder) {
        this.files = files;
        this.name = name;
        this.kind = kind;
        this.folder = folder;
    }

    static FilesPart ofSecrets() {
        return new FilesPart(App::secrets, SpecContext.ObjectNames::secret, "Secret", "/run/secrets/");
    }

    static FilesPart ofConfigs() {
        return new FilesPart(App::configs, SpecContext.ObjectNames::config, "Config", "/");
    }

    @Override
    public @Nullable JsonNode write(App app, SpecContext context) {
        var list = Specs.array();
        var references = new ArrayList<>(files.apply(app));
        references.sort(
                app.stack() == null
                        ? ORDER
                        : Comparator.comparing(reference -> name.apply(context.names(), reference.source())));
        references.forEach(reference -> {
            var node = list.addObject();
            var file = node.putObject("File");
            file.put("Name", reference.targetOrSource());
            file.put("UID", reference.uid() == null ? "0" : reference.uid());
            file.put("GID", reference.gid() == null ? "0" : reference.gid());
            file.put("Mode", reference.mode() == null ? MODE : reference.mode());
            node.put(kind + "ID", "");
            node.put(kind + "Name", name.apply(context.names(), reference.source()));
        });
        credentials(app, context, list);
        return Specs.orNothing(list);
    }

    /// The config with the credentials of a Windows account is among the configs, and is no file.
    private void credentials(App app, SpecContext context, ArrayNode list) {
        var given = app.stack() == null ? null : app.stack().credentialSpec();
        if (kind.equals("Config") && given != null && given.config() != null) {
            var node = list.addObject();
            node.put("ConfigID", "");
            node.put("ConfigName", context.names().config(given.config()));
            node.putObject("Runtime");
        }
    }

    @Override
    public void read(String word, JsonNode node, Side side, FieldValues values) {
        for (var reference : node) {
            var file = reference.path("File");
            var given = file.isObject()
                    ? "uid=" + Specs.text(file.path("UID")) + ", gid=" + Specs.text(file.path("GID")) + ", mode="
                            + Spelling.mode(file.path("Mode").asLong())
                    : "no file";
            var plain = given.equals("uid=0, gid=0, mode=0444");
            values.put(
                    word + "[" + place(Specs.text(file.path("Name"))) + "]",
                    Specs.text(reference.path(kind + "Name")) + (plain ? "" : " (" + given + ")"));
        }
    }

    private String place(String written) {
        var target = TidyPath.of(written);
        var rest = target.startsWith(folder) ? target.substring(folder.length()) : target;
        return rest.startsWith("/") || !rest.contains("/") ? rest : folder + rest;
    }
}
