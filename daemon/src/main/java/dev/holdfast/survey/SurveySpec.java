package dev.holdfast.survey;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.live.Labels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The survey's job as the engine is asked for it. It carries no label of an app and none of a stack: it is neither.
final class SurveySpec {

    static final String NAME_PREFIX = "holdfast-survey-";
    private static final String SCRIPT = script();

    private SurveySpec() {}

    static ObjectNode of(String cluster, String id, SurveyJob.Request request, List<String> paths) {
        var spec = JsonNodeFactory.instance.objectNode();
        spec.put("Name", NAME_PREFIX + cluster + "-" + id);
        spec.putObject("Labels").put(Labels.SURVEY, cluster);
        // No job: engines leave a finished job's tasks and containers behind when its service is removed.
        spec.putObject("Mode").putObject("Global");
        var task = spec.putObject("TaskTemplate");
        task.set("ContainerSpec", container(request, paths));
        task.putObject("RestartPolicy").put("Condition", "none");
        task.putObject("LogDriver").put("Name", "json-file"); // whatever a node's default is: it must be readable
        task.putObject("Placement").putArray("Constraints").add("node.platform.os==linux");
        return spec;
    }

    private static ObjectNode container(SurveyJob.Request request, List<String> paths) {
        var container = JsonNodeFactory.instance.objectNode();
        container.put("Image", request.image());
        container.put("User", "0");
        container.put("StopGracePeriod", 0L);
        container.putArray("Command").add("sh").add("-c").add(SCRIPT).add("survey");
        var budget = request.sizes() ? request.deadline().toSeconds() / 2 : 0;
        var args = container.putArray("Args").add(Long.toString(budget));
        args.add(Integer.toString(request.images().size()));
        request.images().forEach(args::add);
        paths.forEach(args::add);
        // No propagation is asked for: an engine refuses one where / is a private mount. A fresh container sees all
        // disks that are mounted when it starts.
        var mounts = container.putArray("Mounts");
        mounts.addObject()
                .put("Type", "bind")
                .put("Source", "/")
                .put("Target", "/host")
                .put("ReadOnly", true);
        mounts.addObject()
                .put("Type", "bind")
                .put("Source", request.socket())
                .put("Target", "/var/run/docker.sock")
                .put("ReadOnly", true);
        return container;
    }

    private static String script() {
        try (var in = SurveySpec.class.getResourceAsStream("survey.sh")) {
            if (in == null) {
                throw new IllegalStateException("survey.sh is not in the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
