package dev.holdfast.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// That somebody uses some data of a node.
///
/// @param who for people
/// @param source what it is called there
/// @param real what it is in truth
/// @param outside whether it is a service that this cluster does not own
record Use(String who, Source source, Source real, boolean readOnly, boolean outside) {

    /// What is used on one node, found by what it is called and by what it is.
    static final class Index {

        private final Map<String, List<Use>> volumes = new HashMap<>();
        private final TreeMap<String, List<Use>> paths = new TreeMap<>();

        void add(Use use) {
            add(use.source(), use);
            if (!use.real().equals(use.source())) {
                add(use.real(), use);
            }
        }

        private void add(Source source, Use use) {
            (source.isVolume() ? volumes : paths)
                    .computeIfAbsent(source.name(), _ -> new ArrayList<>())
                    .add(use);
        }

        /// All uses of just that.
        List<Use> of(Source source) {
            return (source.isVolume() ? volumes : paths).getOrDefault(source.name(), List.of());
        }

        /// All uses of that, and of what lies above or below it.
        Set<Use> near(Source source) {
            var near = new LinkedHashSet<>(of(source));
            if (!source.isVolume()) {
                paths.subMap(source.name() + "/", source.name() + (char) ('/' + 1))
                        .values()
                        .forEach(near::addAll);
                for (var slash = source.name().lastIndexOf('/'); slash >= 0; ) {
                    var folder = slash == 0 ? "/" : source.name().substring(0, slash);
                    near.addAll(paths.getOrDefault(folder, List.of()));
                    slash = slash == 0 ? -1 : source.name().lastIndexOf('/', slash - 1);
                }
            }
            return near;
        }
    }
}
