package dev.holdfast.compose;

import dev.holdfast.yaml.Yaml;
import java.util.Map;

/// Where the keys of a service stand, by their path in it (`deploy.replicas`, `volumes`): in whichever file the value
/// comes from.
///
/// @param whole where the service itself begins
public record Places(Yaml.Place whole, Map<String, Yaml.Place> byPath) {

    /// The place of that key, or of what is around it where the files do not have it.
    public Yaml.Place of(String path) {
        for (var p = path; !p.isEmpty(); p = p.substring(0, Math.max(0, p.lastIndexOf('.')))) {
            var place = byPath.get(p);
            if (place != null) {
                return place;
            }
        }
        return whole;
    }

    public boolean has(String path) {
        return byPath.containsKey(path);
    }
}
