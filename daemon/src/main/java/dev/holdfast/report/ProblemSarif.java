package dev.holdfast.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.yaml.Problem;
import java.util.List;

/// What is wrong in files, as SARIF 2.1.0 (OASIS): what code scanning reads.
public final class ProblemSarif {

    private static final String RULE = "app-file";

    private ProblemSarif() {}

    public static ObjectNode of(List<Problem> problems) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json").put("version", "2.1.0");
        var run = json.putArray("runs").addObject();
        var driver = run.putObject("tool").putObject("driver").put("name", "Holdfast");
        driver.putArray("rules")
                .addObject()
                .put("id", RULE)
                .putObject("shortDescription")
                .put("text", "What an app file or holdfast.yaml says can be applied.");
        var results = run.putArray("results");
        for (var problem : problems) {
            var text = (problem.path().isEmpty() ? "" : problem.path() + ": ") + problem.text();
            var result = results.addObject().put("ruleId", RULE).put("level", problem.isError() ? "error" : "warning");
            result.putObject("message").put("text", HarmlessText.line(text));
            var place = result.putArray("locations").addObject().putObject("physicalLocation");
            place.putObject("artifactLocation").put("uri", uri(problem.file()));
            if (problem.line() > 0) {
                place.putObject("region")
                        .put("startLine", problem.line())
                        .put("startColumn", Math.max(1, problem.column()));
            }
        }
        return json;
    }

    /// A path from the repository's root, as a relative URI.
    private static String uri(String path) {
        try {
            return new java.net.URI(null, null, path, null).toASCIIString();
        } catch (java.net.URISyntaxException e) {
            return HarmlessText.line(path);
        }
    }
}
