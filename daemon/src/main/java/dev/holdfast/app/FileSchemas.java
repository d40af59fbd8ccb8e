package dev.holdfast.app;

import dev.holdfast.yaml.RecordForm;
import dev.holdfast.yaml.Schemas;
import dev.holdfast.yaml.VariableSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The JSON Schemas of the files of a repository.
public final class FileSchemas {

    private static final String COMPOSE =
            "https://raw.githubusercontent.com/compose-spec/compose-spec/main/schema/compose-spec.json";

    private FileSchemas() {}

    /// The schema of an app document.
    public static String app() {
        return Schemas.of(App.class, "app");
    }

    /// The schema of `x-holdfast` of a service in a stack file.
    public static String extension() {
        return Schemas.of(StackExtension.class, "x-holdfast");
    }

    /// The schema of a stack file: the one of the Compose specification, and `x-holdfast` of each service.
    public static String stack() {
        var service = Map.of("properties", Map.of("x-holdfast", Map.of("$ref", "x-holdfast.schema.json")));
        var services = Map.of("properties", Map.of("services", Map.of("additionalProperties", service)));
        var schema = new LinkedHashMap<String, Object>();
        schema.put("title", "Stack file");
        schema.put("allOf", List.of(Map.of("$ref", COMPOSE), services));
        return Schemas.text(schema, "stack");
    }

    /// The schema of `holdfast.yaml`. Its `defaults` are an app without the need for any key.
    public static String repository() {
        var schema = new LinkedHashMap<>(RecordForm.of(Repository.class).schema());
        schema.put("properties", repositoryKeys(schema));
        return Schemas.text(schema, "repository");
    }

    /// The schema of `clusters/NAME.yaml`: the keys of `holdfast.yaml`, and its own.
    public static String cluster() {
        var schema = new LinkedHashMap<>(RecordForm.of(ClusterKeys.class).schema());
        var apps = new LinkedHashMap<String, Object>();
        apps.put("type", "object");
        apps.put("title", "Apps");
        apps.put("description", "What is different in app files; merged over them as they are over defaults.");
        apps.put("additionalProperties", partOfApp("App", "What is different in this app."));
        var all = repositoryKeys(RecordForm.of(Repository.class).schema());
        all.putAll(Schemas.properties(schema));
        all.put(ClusterKeys.APPS, Schemas.orNothing(apps));
        schema.put("properties", all);
        schema.put("title", "Cluster");
        return Schemas.text(schema, "cluster");
    }

    private static Map<String, Object> repositoryKeys(Map<String, Object> schema) {
        var all = new LinkedHashMap<String, Object>(Schemas.properties(schema));
        all.put(
                "defaults",
                Schemas.orNothing(partOfApp("Defaults", "Merged under every app; what an app says itself wins.")));
        return all;
    }

    private static Map<String, Object> partOfApp(String title, String description) {
        var part = new LinkedHashMap<String, Object>(
                Schemas.partly(VariableSchema.of(RecordForm.of(App.class).schema())));
        part.put("properties", Schemas.without(Schemas.properties(part), "name"));
        part.put("title", title);
        part.put("description", description);
        return part;
    }
}
