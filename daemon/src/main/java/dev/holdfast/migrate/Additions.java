package dev.holdfast.migrate;

import dev.holdfast.app.Repository;
import java.util.LinkedHashMap;
import java.util.Map;

/// What `holdfast.yaml` needs for imported apps.
final class Additions {

    private Additions() {}

    static Repository.Network network(boolean external) {
        return new Repository.Network(null, external, null, Map.of(), false, false, false, Map.of(), null, null);
    }

    /// A network that Holdfast makes.
    static Repository networks(String name) {
        return of(Map.of(name, network(false)), Map.of(), Map.of(), Map.of(), Map.of());
    }

    static Repository of(
            Map<String, Repository.Network> networks,
            Map<String, Repository.Volume> volumes,
            Map<String, Repository.ContentSource> secrets,
            Map<String, Repository.ContentSource> configs,
            Map<String, String> vars) {
        return new Repository(
                Repository.EMPTY.cluster(),
                new LinkedHashMap<>(networks),
                new LinkedHashMap<>(volumes),
                new LinkedHashMap<>(secrets),
                new LinkedHashMap<>(configs),
                new LinkedHashMap<>(vars),
                Map.of(),
                Repository.EMPTY.brakes(),
                Repository.EMPTY.survey(),
                Repository.EMPTY.orphans());
    }
}
