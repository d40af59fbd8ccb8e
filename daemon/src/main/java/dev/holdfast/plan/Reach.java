package dev.holdfast.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.app.App;
import dev.holdfast.app.Repository;
import dev.holdfast.live.Network;
import dev.holdfast.spec.Specs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Whom apps reach by name, before and after a plan: names are looked up in the networks that both have joined. Told is
/// only what a plan takes away and an app still names.
final class Reach {

    private final Situation situation;
    private final Map<String, AppDraft> drafts;
    private final Map<String, String> networkNames;
    private final Map<String, JsonNode> before = new TreeMap<>();
    private final Map<String, JsonNode> after = new TreeMap<>();

    /// @param changes the plan's, so that who is held, or has failed, stays as it is
    Reach(Situation situation, Map<String, AppDraft> drafts, Collection<Change> changes) {
        this.situation = situation;
        this.drafts = drafts;
        this.networkNames =
                situation.live().networks().stream().collect(Collectors.toMap(Network::id, Network::name, (a, b) -> a));
        for (var service : situation.live().services()) {
            before.put(service.name(), service.spec());
        }
        after.putAll(before);
        for (var change : changes) {
            switch (change) {
                case Change.CreateService create -> after.put(create.app(), create.spec());
                case Change.UpdateService update -> after.put(update.app(), update.spec());
                case Change.RemoveService remove -> after.remove(remove.app());
                default -> {
                    // Its networks stay.
                }
            }
        }
    }

    List<Warning> warnings() {
        var named = byNetwork(before);
        var left = byNetwork(after);
        var warnings = new ArrayList<Warning>();
        for (var draft : drafts.values()) {
            var name = draft.app().name();
            var old = before.get(name);
            var young = after.get(name);
            if (old == null || young == null) {
                continue;
            }
            if (losesNothing(networks(old), networks(young), named, left)) {
                continue;
            }
            var lost = reached(networks(old), named);
            lost.keySet().removeAll(reached(networks(young), left).keySet());
            lost.remove(name);
            if (!lost.isEmpty()) {
                tell(draft.app(), young, lost, warnings);
            }
        }
        return warnings;
    }

    /// @param lost names that it reached, with the app of each
    private void tell(App app, JsonNode spec, Map<String, String> lost, List<Warning> warnings) {
        var places = new TreeMap<String, Set<String>>();
        app.dependsOn().stream()
                .filter(lost::containsKey)
                .forEach(other ->
                        places.computeIfAbsent(other, _ -> new TreeSet<>()).add("depends_on"));
        Mentions.texts(spec)
                .forEach((place, texts) -> texts.forEach(text -> Mentions.hosts(text).stream()
                        .filter(lost::containsKey)
                        .forEach(host -> places.computeIfAbsent(host, _ -> new TreeSet<>())
                                .add(place))));
        configs(app)
                .forEach((place, text) -> Mentions.hosts(text).stream()
                        .filter(lost::containsKey)
                        .forEach(host -> places.computeIfAbsent(host, _ -> new TreeSet<>())
                                .add(place)));
        places.forEach((host, where) -> warnings.add(new Warning(
                app.name(),
                WarningCode.OUT_OF_REACH,
                sentence(app.name(), host, lost.getOrDefault(host, host), where))));
    }

    /// The files that are mounted into it, but no secrets.
    private Map<String, String> configs(App app) {
        var texts = new TreeMap<String, String>();
        for (var reference : app.configs()) {
            var source = situation.repository().configs().get(reference.source());
            var bytes = source == null || source.content() == null
                    ? null
                    : situation.desired().contents().get(source.content());
            if (bytes != null) {
                texts.put("configs " + reference.source(), new String(bytes, StandardCharsets.UTF_8));
            }
        }
        return texts;
    }

    private String sentence(String app, String host, String other, Set<String> places) {
        var names = "its " + String.join(", ", places) + (places.size() == 1 ? " names " : " name ") + host;
        var what = host.equals(other) ? "" : ", which was " + other;
        if (!after.containsKey(other)) {
            return names + what + ", and " + other + " is removed";
        }
        var shared = new TreeSet<>(networks(before.getOrDefault(app, Specs.object())));
        shared.retainAll(networks(before.getOrDefault(other, Specs.object())));
        var common = new TreeSet<>(networks(after.getOrDefault(app, Specs.object())));
        common.retainAll(networks(after.getOrDefault(other, Specs.object())));
        return names
                + what
                + (common.isEmpty()
                        ? ", and the two share no network any more (it was " + String.join(", ", shared) + ")"
                        : ", and nothing in its networks has that name any more");
    }

    private static boolean losesNothing(
            Set<String> old,
            Set<String> young,
            Map<String, Map<String, String>> named,
            Map<String, Map<String, String>> left) {
        return young.containsAll(old)
                && old.stream()
                        .allMatch(network -> left.getOrDefault(network, Map.of())
                                .keySet()
                                .containsAll(
                                        named.getOrDefault(network, Map.of()).keySet()));
    }

    /// Names found in these networks, each with an app that has it.
    private static Map<String, String> reached(Set<String> networks, Map<String, Map<String, String>> byNetwork) {
        var names = new HashMap<String, String>();
        networks.forEach(network -> names.putAll(byNetwork.getOrDefault(network, Map.of())));
        return names;
    }

    /// By network, the names that are found in it, each with an app that has it.
    private Map<String, Map<String, String>> byNetwork(Map<String, JsonNode> specs) {
        var byNetwork = new HashMap<String, Map<String, String>>();
        specs.forEach((app, spec) -> {
            for (var network : spec.at("/TaskTemplate/Networks")) {
                var names = byNetwork.computeIfAbsent(name(network), _ -> new HashMap<>());
                Specs.strings(network.path("Aliases")).forEach(alias -> names.putIfAbsent(alias, app));
                names.put(app, app);
            }
        });
        return byNetwork;
    }

    private Set<String> networks(JsonNode spec) {
        var names = new HashSet<String>();
        for (var network : spec.at("/TaskTemplate/Networks")) {
            names.add(name(network));
        }
        names.removeAll(Repository.Network.PREDEFINED);
        return Collections.unmodifiableSet(names);
    }

    private String name(JsonNode network) {
        var target = Specs.text(network.path("Target"));
        return networkNames.getOrDefault(target, target);
    }
}
