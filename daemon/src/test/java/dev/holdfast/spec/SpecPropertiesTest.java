package dev.holdfast.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.app.App;
import dev.holdfast.live.Labels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Promises that hold for every app.
class SpecPropertiesTest {

    private static final int TRIES = 400;

    /// Lists whose order means nothing.
    private static final List<String> SETS = List.of(
            "/TaskTemplate/ContainerSpec/Env",
            "/TaskTemplate/ContainerSpec/Mounts",
            "/TaskTemplate/ContainerSpec/Secrets",
            "/TaskTemplate/ContainerSpec/Configs",
            "/TaskTemplate/ContainerSpec/CapabilityAdd",
            "/TaskTemplate/ContainerSpec/CapabilityDrop",
            "/TaskTemplate/ContainerSpec/Ulimits",
            "/TaskTemplate/ContainerSpec/Hosts",
            "/TaskTemplate/Placement/Constraints",
            "/TaskTemplate/Networks",
            "/EndpointSpec/Ports");

    /// What Holdfast leaves as it is.
    private static final Set<String> LEFT_ALONE = Set.of(
            "/Labels/" + Labels.COMMIT,
            "/TaskTemplate/ContainerSpec/Labels/" + Labels.STACK,
            "/TaskTemplate/ForceUpdate");

    @Provide
    Arbitrary<App> apps() {
        return AppArbitraries.apps();
    }

    @Property(tries = TRIES)
    @Label("what was just written does not differ")
    void whatWasJustWrittenDoesNotDiffer(@ForAll("apps") App app) {
        var spec = Contexts.spec(app);
        var live = EngineStore.service(spec);

        var difference = SpecDiff.compare(live, spec, EngineStore.names(), false);

        assertThat(difference.fields()).isEmpty();
        assertThat(difference.toSend()).isEqualTo(live.spec());
    }

    @Property(tries = TRIES)
    @Label("from any app to any other, what is sent brings it about")
    void whatIsSentBringsItAbout(@ForAll("apps") App from, @ForAll("apps") App to) {
        var live = EngineStore.service(Contexts.spec(from));
        var desired = Contexts.spec(to);

        var difference = SpecDiff.compare(live, desired, EngineStore.names(), false);
        var after = SpecDiff.compare(EngineStore.service(difference.toSend()), desired, EngineStore.names(), false);

        assertThat(after.fields()).isEmpty();
        assertThat(difference.isEmpty()).isEqualTo(difference.toSend().equals(live.spec()));
    }

    @Property(tries = TRIES)
    @Label("what does not restart leaves the task as it is, to the letter")
    void whatDoesNotRestartLeavesTheTaskAsItIs(
            @ForAll("apps") App app, @ForAll("apps") App other, @ForAll Random random) {
        var maker = Contexts.spec(app);
        var live = EngineStore.stored(maker);
        respell(live, random);
        var desired = maker.deepCopy();
        var changed = Contexts.spec(other);
        desired.set("UpdateConfig", changed.get("UpdateConfig"));
        desired.set("RollbackConfig", changed.get("RollbackConfig"));
        Specs.child(desired, "Labels").put("team", "blue");

        var difference = SpecDiff.compare(EngineStore.live(live), desired, EngineStore.names(), false);

        assertThat(difference.isEmpty()).isFalse();
        assertThat(difference.restarts()).isFalse();
        assertThat(difference.toSend().get("TaskTemplate")).isEqualTo(live.get("TaskTemplate"));
        assertThat(difference.toSend().get("EndpointSpec")).isEqualTo(live.get("EndpointSpec"));
    }

    @Property(tries = TRIES)
    @Label("order and spelling are no difference")
    void orderAndSpellingAreNoDifference(@ForAll("apps") App app, @ForAll Random random) {
        var desired = Contexts.spec(app);
        var live = EngineStore.stored(desired);
        respell(live, random);

        var difference = SpecDiff.compare(EngineStore.live(live), desired, EngineStore.names(), false);

        assertThat(difference.fields()).isEmpty();
        assertThat(difference.toSend()).isEqualTo(live);
    }

    @Property(tries = 2 * TRIES)
    @Label("any single value that somebody changed is found and put back")
    void anySingleChangedValueIsFound(@ForAll("apps") App app, @ForAll Random random) {
        var desired = Contexts.spec(app);
        var live = EngineStore.stored(desired);
        var places = new ArrayList<String>();
        collect("", live, places);
        places.removeAll(LEFT_ALONE);
        places.removeIf(place -> place.contains("VolumeOptions/Labels"));
        places.removeIf(place -> place.endsWith("/SecretID") || place.endsWith("/ConfigID"));
        var place = places.get(random.nextInt(places.size()));
        mutate(live, place);

        var difference = SpecDiff.compare(EngineStore.live(live), desired, EngineStore.names(), false);
        var after = SpecDiff.compare(EngineStore.service(difference.toSend()), desired, EngineStore.names(), false);

        assertThat(difference.fields()).as(place).isNotEmpty();
        assertThat(after.fields()).as(place).isEmpty();
    }

    @Property(tries = TRIES)
    @Label("any single value that somebody took away is found and put back")
    void anySingleMissingValueIsFound(@ForAll("apps") App app, @ForAll Random random) {
        var desired = Contexts.spec(app);
        var live = EngineStore.stored(desired);
        var places = new ArrayList<String>();
        for (var key :
                List.of("Labels", "Args", "Command", "User", "Hostname", "Dir", "Mounts", "Secrets", "Sysctls")) {
            places.add("/TaskTemplate/ContainerSpec/" + key);
        }
        places.removeIf(place -> live.at(place).isMissingNode());
        places.remove(Specs.containerSpec(live).path("Labels").size() == 1 ? "/TaskTemplate/ContainerSpec/Labels" : "");
        if (places.isEmpty()) {
            return;
        }
        var place = places.get(random.nextInt(places.size()));
        Specs.containerSpec(live).remove(place.substring(place.lastIndexOf('/') + 1));

        var difference = SpecDiff.compare(EngineStore.live(live), desired, EngineStore.names(), false);
        var after = SpecDiff.compare(EngineStore.service(difference.toSend()), desired, EngineStore.names(), false);

        assertThat(difference.fields()).as(place).isNotEmpty();
        assertThat(difference.restarts()).as(place).isTrue();
        assertThat(after.fields()).as(place).isEmpty();
    }

    @Property(tries = TRIES)
    @Label("the hash of a spec knows neither the commit nor the resolved digest, but all else")
    void theHashKnowsAllElse(@ForAll("apps") App one, @ForAll("apps") App other) {
        var spec = Contexts.spec(one);
        var later = spec.deepCopy();
        Specs.child(later, "Labels").put(Labels.COMMIT, "beef");
        Specs.containerSpec(later).put("Image", one.image() + "@sha256:" + "0".repeat(64));

        assertThat(SpecHash.of(later)).isEqualTo(SpecHash.of(spec)).hasSize(64);
        var same = Contexts.spec(other).equals(spec);
        assertThat(SpecHash.of(Contexts.spec(other)).equals(SpecHash.of(spec))).isEqualTo(same);
    }

    private static void respell(ObjectNode live, Random random) {
        for (var path : SETS) {
            if (live.at(path) instanceof ArrayNode list) {
                var elements = new ArrayList<JsonNode>();
                list.forEach(elements::add);
                Collections.shuffle(elements, random);
                list.removeAll().addAll(elements);
            }
        }
        var task = Specs.child(live, "TaskTemplate");
        var container = Specs.containerSpec(live);
        task.put("ForceUpdate", random.nextInt(5));
        for (var empty : List.of("Resources", "Placement", "LogDriver")) {
            Specs.child(task, empty);
        }
        for (var empty : List.of("DNSConfig", "Healthcheck")) {
            Specs.child(container, empty);
        }
        Specs.child(task, "Placement").putArray("Platforms").addObject().put("Architecture", "amd64");
        Specs.child(container, "Privileges").putNull("CredentialSpec").put("NoNewPrivileges", false);
        if (!container.has("Init")) {
            container.put("Init", false);
        }
        if (!container.has("StopGracePeriod")) {
            container.put("StopGracePeriod", 10_000_000_000L);
        }
        if (container.has("StopSignal")) {
            var signal = Spelling.signal(container.path("StopSignal").asText());
            container.put("StopSignal", signal.substring(3).toLowerCase(Locale.ROOT));
        }
        container.put("Image", container.path("Image").asText() + "@sha256:" + "a".repeat(64));
        for (var mount : container.path("Mounts")) {
            var node = (ObjectNode) mount;
            node.put("Target", node.path("Target").asText() + "/");
            if (node.path("Type").asText().equals("bind")) {
                node.putObject("BindOptions").put("Propagation", "rprivate");
            }
        }
        for (var list : List.of("CapabilityAdd", "CapabilityDrop")) {
            if (container.get(list) instanceof ArrayNode caps) {
                var spelt = Specs.strings(caps).stream()
                        .map(cap -> cap.replace("CAP_", "").toLowerCase(Locale.ROOT))
                        .toList();
                caps.removeAll();
                spelt.forEach(caps::add);
            }
        }
        Specs.child(live, "Labels").put(Labels.COMMIT, "older").put(Labels.PAUSE, "by hand");
    }

    private static void collect(String path, JsonNode node, List<String> places) {
        if (node.isObject()) {
            node.properties().forEach(entry -> collect(path + "/" + entry.getKey(), entry.getValue(), places));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(path + "/" + i, node.get(i), places);
            }
        } else {
            places.add(path);
        }
    }

    private static void mutate(ObjectNode spec, String place) {
        var parent = spec.at(place.substring(0, place.lastIndexOf('/')));
        var key = place.substring(place.lastIndexOf('/') + 1);
        var value = spec.at(place);
        var factory = spec.arrayNode();
        if (value.isBoolean()) {
            factory.add(!value.asBoolean());
        } else if (value.isNumber()) {
            factory.add(value.asLong() + 1);
        } else {
            // Anything but `host` is `ingress` to the engine.
            factory.add(value.asText().equals("ingress") ? "host" : value.asText() + "x");
        }
        if (parent instanceof ObjectNode object) {
            object.set(key, factory.get(0));
        } else if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(key), factory.get(0));
        }
    }
}
