package dev.holdfast.spec;

import static dev.holdfast.spec.Specs.object;
import static dev.holdfast.spec.Specs.put;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.app.App;
import dev.holdfast.app.Directory;
import dev.holdfast.live.Labels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.TreeMap;

/// The mounts of a spec: persistent directories, what the app only looks at, and file systems in memory. Sorted by
/// target, as Docker's own command leaves them.
final class MountBuilder {

    private final App app;
    private final SpecContext context;

    MountBuilder(App app, SpecContext context) {
        this.app = app;
        this.context = context;
    }

    ArrayNode mounts() {
        var mounts = new ArrayList<ObjectNode>();
        app.directories().forEach(directory -> mounts.add(claim(directory)));
        app.hostPaths().forEach(path -> mounts.add(mount("bind", path.source(), path.target(), true)));
        app.tmpfs().forEach(tmpfs -> {
            var node = mount("tmpfs", "", tmpfs.target(), false);
            var options = object();
            put(options, "SizeBytes", tmpfs.sizeBytes());
            put(options, "Mode", tmpfs.mode());
            put(node, "TmpfsOptions", options);
            mounts.add(node);
        });
        mounts.sort(Comparator.comparing(mount -> mount.path("Target").asText()));
        return Specs.array().addAll(mounts);
    }

    private ObjectNode claim(Directory directory) {
        var volume = directory.volume();
        if (volume == null) {
            return mount("bind", directory.source(), directory.target(), directory.readOnly());
        }
        var node = mount("volume", volume, directory.target(), directory.readOnly());
        if (!context.adoptedVolumes().contains(volume)) {
            node.set("VolumeOptions", volumeOptions(volume));
        }
        return node;
    }

    private ObjectNode volumeOptions(String volume) {
        var options = object();
        var labels = new TreeMap<String, String>();
        var declared = context.volumes().get(volume);
        if (declared != null) {
            labels.putAll(declared.labels());
        }
        labels.put(Labels.CLUSTER, context.cluster());
        put(options, "Labels", labels);
        if (declared != null
                && (declared.driver() != null || !declared.driverOpts().isEmpty())) {
            var driver = object();
            put(driver, "Name", declared.driver());
            put(driver, "Options", declared.driverOpts());
            put(options, "DriverConfig", driver);
        }
        return options;
    }

    private static ObjectNode mount(String type, String source, String target, boolean readOnly) {
        var node = object();
        node.put("Type", type);
        put(node, "Source", source);
        node.put("Target", target);
        put(node, "ReadOnly", readOnly);
        return node;
    }
}
