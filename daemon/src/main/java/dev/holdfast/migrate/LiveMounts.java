package dev.holdfast.migrate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.app.Directory;
import dev.holdfast.app.HostFolders;
import dev.holdfast.app.HostPath;
import dev.holdfast.value.TidyPath;
import dev.holdfast.yaml.NumberForms;
import java.util.ArrayList;
import java.util.List;

/// The mounts of a running service: data, what it only looks at, and memory.
final class LiveMounts {

    private final JsonNode mounts;
    private final LiveObjects objects;
    private final Draft draft;
    private final List<String> tmpfs = new ArrayList<>();

    LiveMounts(JsonNode mounts, LiveObjects objects, Draft draft) {
        this.mounts = mounts;
        this.objects = objects;
        this.draft = draft;
    }

    void put() {
        mounts.forEach(this::put);
        draft.put("tmpfs", tmpfs);
    }

    private void put(JsonNode mount) {
        var source = LiveService.text(mount.path("Source"));
        var target = TidyPath.of(LiveService.text(mount.path("Target")));
        var mode = mount.path("ReadOnly").asBoolean() ? ":ro" : "";
        switch (LiveService.text(mount.path("Type"))) {
            case "volume" -> {
                if (!source.isEmpty()) {
                    draft.add(new Directory(source, null, target, !mode.isEmpty()));
                    objects.volume(source, mount.path("VolumeOptions").path("DriverConfig"));
                }
            }
            case "tmpfs" -> tmpfs.add(target + options(mount.path("TmpfsOptions")));
            default -> {
                var path = TidyPath.of(source);
                if (HostFolders.hold(path)) {
                    draft.add(new HostPath(path, target, mode.isEmpty()));
                } else {
                    draft.add(new Directory(null, path, target, !mode.isEmpty()));
                }
            }
        }
    }

    private static String options(JsonNode given) {
        var options = new ArrayList<String>();
        if (given.path("SizeBytes").asLong() != 0) {
            options.add("size=" + LiveService.bytes(given.path("SizeBytes").asLong()));
        }
        if (given.path("Mode").asInt() != 0) {
            options.add("mode=" + NumberForms.Mode.spelled(given.path("Mode").asInt()));
        }
        return options.isEmpty() ? "" : ":" + String.join(",", options);
    }
}
