package dev.holdfast.spec;

import static dev.holdfast.spec.Specs.object;
import static dev.holdfast.spec.Specs.put;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.app.App;
import dev.holdfast.app.Scratch;
import dev.holdfast.app.StackMount;
import dev.holdfast.app.StackService;
import dev.holdfast.live.Labels;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The mounts of a service of a stack file, just as Docker's client sends them: a volume has no label of Holdfast,
/// since a label that changes would make the tasks start anew.
final class StackMountsWriter {

    private StackMountsWriter() {}

    static ArrayNode write(App app, StackService service) {
        var scratch = app.scratch().stream().map(Scratch::source).collect(Collectors.toSet());
        var list = Specs.array();
        for (var mount : service.mounts()) {
            var node = mount(mount, service.stack());
            // Only a volume that says so is known to have been made as scratch.
            if (mount.type().equals("volume") && mount.source() != null && scratch.contains(mount.source())) {
                node.withObject("/VolumeOptions/Labels").put(Labels.SCRATCH, "true");
            }
            list.add(node);
        }
        return list;
    }

    private static ObjectNode mount(StackMount mount, String stack) {
        var node = object();
        node.put("Type", mount.type());
        put(node, "Source", mount.source());
        put(node, "Target", mount.target());
        put(node, "ReadOnly", mount.readOnly());
        switch (mount.options()) {
            case StackMount.VolumeOptions volume -> node.set("VolumeOptions", volume(volume, stack));
            case StackMount.BindOptions bind -> put(node, "BindOptions", bind(bind));
            case StackMount.TmpfsOptions tmpfs -> node.set("TmpfsOptions", tmpfs(tmpfs));
            // The engine keeps nothing of an empty one.
            case StackMount.ClusterOptions _ -> {}
            case null -> {}
        }
        return node;
    }

    private static ObjectNode volume(StackMount.VolumeOptions options, String stack) {
        var node = object();
        if (!options.external()) {
            var labels = new TreeMap<>(options.labels());
            labels.put(Labels.STACK, stack);
            put(node, "Labels", labels);
        }
        put(node, "NoCopy", options.nocopy());
        put(node, "Subpath", options.subpath());
        var driver = options.driver();
        if (driver != null) {
            var config = node.putObject("DriverConfig");
            put(config, "Name", driver.name());
            put(config, "Options", driver.options());
        }
        return node;
    }

    private static ObjectNode bind(StackMount.BindOptions options) {
        var node = object();
        put(node, "Propagation", options.propagation());
        return node;
    }

    private static ObjectNode tmpfs(StackMount.TmpfsOptions options) {
        var node = object();
        put(node, "SizeBytes", options.sizeBytes());
        return node;
    }
}
