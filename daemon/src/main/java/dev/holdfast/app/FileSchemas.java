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
        var defaults = new LinkedHashMap<>(
                Schemas.partly(VariableSchema.of(RecordForm.of(App.class).schema())));
        defaults.put("properties", Schemas.without(Schemas.properties(defaults), "name"));
        defaults.put("title", "Defaults");
        defaults.put("description", "Merged under every app; what an app says itself wins.");
        var all = new LinkedHashMap<>(Schemas.properties(schema));
        all.put("defaults", Schemas.orNothing(defaults));
        schema.put("properties", all);
        return Schemas.text(schema, "repository");
    }
}
