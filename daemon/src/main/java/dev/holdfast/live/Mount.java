package dev.holdfast.live;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.value.TidyPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A mount of a service, task or container as the engine tells it.
///
/// @param type `bind`, `volume`, `tmpfs`, …
/// @param source volume name or host path; empty for an anonymous volume
/// @param driver what makes the volume on a node where it is not there yet; empty where the mount says nothing
/// @param driverOptions that go with it
/// @param scratch whether the volume is made as one that is no data
public record Mount(
        String type,
        String source,
        String target,
        boolean readOnly,
        String driver,
        Map<String, String> driverOptions,
        boolean scratch) {

    public Mount(String type, String source, String target, boolean readOnly) {
        this(type, source, target, readOnly, "", Map.of(), false);
    }

    public Mount {
        source = type.equals("bind") ? TidyPath.of(source) : source;
        target = TidyPath.of(target);
    }

    public boolean isVolume() {
        return type.equals("volume") && !source.isEmpty();
    }

    public boolean isBind() {
        return type.equals("bind");
    }

    /// The mounts of a whole service spec.
    public static List<Mount> ofSpec(JsonNode spec) {
        return ofContainerSpec(spec.path("TaskTemplate").path("ContainerSpec"));
    }

    /// The mounts of a service's or task's spec (`ContainerSpec` holds them).
    static List<Mount> ofContainerSpec(JsonNode containerSpec) {
        var mounts = new ArrayList<Mount>();
        for (var mount : containerSpec.path("Mounts")) {
            var driver = mount.path("VolumeOptions").path("DriverConfig");
            mounts.add(new Mount(
                    mount.path("Type").asText("bind"),
                    mount.path("Source").asText(),
                    mount.path("Target").asText(),
                    mount.path("ReadOnly").asBoolean(),
                    driver.path("Name").asText(),
                    Json.strings(driver.path("Options")),
                    mount.path("VolumeOptions").path("Labels").has(Labels.SCRATCH)));
        }
        return List.copyOf(mounts);
    }
}
