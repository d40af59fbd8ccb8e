package dev.holdfast.compose;

import dev.holdfast.yaml.Yaml;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What one Compose file says, or several merged.
///
/// @param places where each service is declared first
/// @param declared names below `services`, `networks` …, by those keys, even of entries that are wrong
record FileContents(
        Map<String, Values> services,
        Map<String, Yaml.Place> places,
        Map<String, ComposeNetwork> networks,
        Map<String, ComposeVolume> volumes,
        Map<String, ComposeContent> secrets,
        Map<String, ComposeContent> configs,
        Map<String, Set<String>> declared) {

    static FileContents empty() {
        return new FileContents(
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>());
    }

    Set<String> declared(String section) {
        return declared.getOrDefault(section, Set.of());
    }

    void declare(String section, String name) {
        declared.computeIfAbsent(section, _ -> new TreeSet<>()).add(name);
    }

    /// Services are merged key by key; of all else the later file's entry takes the place of the earlier's.
    FileContents mergedWith(FileContents over) {
        var merged = empty();
        merged.services.putAll(services);
        over.services.forEach((name, values) ->
                merged.services.merge(name, values, (base, later) -> Values.merged(ServiceTable.MERGED, base, later)));
        merged.places.putAll(over.places);
        merged.places.putAll(places);
        merged.networks.putAll(networks);
        merged.networks.putAll(over.networks);
        merged.volumes.putAll(volumes);
        merged.volumes.putAll(over.volumes);
        merged.secrets.putAll(secrets);
        merged.secrets.putAll(over.secrets);
        merged.configs.putAll(configs);
        merged.configs.putAll(over.configs);
        declared.forEach((section, names) -> names.forEach(name -> merged.declare(section, name)));
        over.declared.forEach((section, names) -> names.forEach(name -> merged.declare(section, name)));
        return merged;
    }
}
