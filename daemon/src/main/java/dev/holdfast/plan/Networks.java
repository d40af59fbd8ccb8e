package dev.holdfast.plan;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.app.App;
import dev.holdfast.app.Repository.Network;
import dev.holdfast.live.Labels;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The networks of `holdfast.yaml`: what each is called in the Swarm, which are missing, which must be made, and which
/// are not as declared. What becomes of those declared no more is [DroppedNetworks]' question.
final class Networks {

    private static final String ENCRYPTED = "encrypted";

    private final Situation situation;

    Networks(Situation situation) {
        this.situation = situation;
    }

    String name(String key) {
        var declared = situation.repository().networks().get(key);
        return declared == null || declared.name() == null ? key : declared.name();
    }

    Map<String, String> names() {
        var names = new HashMap<String, String>();
        situation.repository().networks().keySet().forEach(key -> names.put(key, name(key)));
        return names;
    }

    /// Why an app cannot join the networks that it asks for; empty where all are there or can be made.
    List<Hold> missing(App app) {
        var holds = new ArrayList<Hold>();
        for (var key : app.networks().keySet()) {
            var declared = situation.repository().networks().get(key);
            if (declared != null) {
                missing(app, name(key), declared, holds);
            }
        }
        return holds;
    }

    private void missing(App app, String name, Network declared, List<Hold> holds) {
        var live = live(name);
        if (declared.external() && live == null && !Network.PREDEFINED.contains(name)) {
            if (!isMade(name)) {
                holds.add(new Hold(
                        app.name(),
                        HoldCode.NETWORK_MISSING,
                        "network " + name + " is external, and the Swarm has no such network",
                        "docker network create --driver overlay " + name));
            }
        } else if (!declared.external() && live != null && isForeign(app, live, declared)) {
            holds.add(new Hold(
                    app.name(),
                    HoldCode.NOT_OURS,
                    "network " + name + " is there, and Holdfast did not make it",
                    declared.stack() == null
                            ? "networks: { " + name + ": { external: true } }   # in holdfast.yaml, to use it as it is"
                            : "adopt: true   # to use it as it is"));
        }
    }

    /// Whether another file of the repository declares it, so that it will be there.
    private boolean isMade(String name) {
        return situation.repository().networks().entrySet().stream()
                .anyMatch(entry ->
                        !entry.getValue().external() && name(entry.getKey()).equals(name));
    }

    /// A network that has the label of the stack is the stack's, whoever has made it: so Docker's client has it,
    /// too.
    private boolean isForeign(App app, dev.holdfast.live.Network live, Network declared) {
        var ours = situation.cluster().equals(live.labels().get(Labels.CLUSTER));
        var stack = declared.stack();
        return !ours && (stack == null || !stack.equals(live.labels().get(Labels.STACK)) && !app.adopt());
    }

    /// Those that these apps use and that are not there yet.
    List<Change> creations(Collection<App> apps) {
        var used = new TreeSet<String>();
        apps.forEach(app -> used.addAll(app.networks().keySet()));
        var changes = new ArrayList<Change>();
        for (var key : used) {
            var declared = situation.repository().networks().get(key);
            if (declared != null && !declared.external() && live(name(key)) == null) {
                changes.add(new Change.CreateNetwork(name(key), body(name(key), declared)));
            }
        }
        return changes;
    }

    private ObjectNode body(String name, Network declared) {
        var body = JsonNodeFactory.instance.objectNode();
        body.put("Name", name);
        body.put("CheckDuplicate", true);
        body.put("Driver", declared.driver() == null ? "overlay" : declared.driver());
        body.put("Internal", declared.internal());
        body.put("Attachable", declared.attachable());
        var options = body.putObject("Options");
        asked(declared).forEach(options::put);
        var ipam = declared.ipam();
        if (ipam != null) {
            var target = body.putObject("IPAM");
            target.put("Driver", ipam.driver() == null ? "default" : ipam.driver());
            var config = target.putArray("Config");
            ipam.config().forEach(subnet -> config.addObject().put("Subnet", subnet.subnet()));
        }
        var labels = body.putObject("Labels");
        new TreeMap<>(declared.labels()).forEach(labels::put);
        labels.put(Labels.CLUSTER, situation.cluster());
        labels.put(Labels.STACK, declared.stack() == null ? situation.cluster() : declared.stack());
        return body;
    }

    /// Live networks of ours that differ from what is declared: Swarm cannot change a network in place.
    List<Warning> differences() {
        var warnings = new ArrayList<Warning>();
        situation.repository().networks().forEach((key, declared) -> {
            var live = live(name(key));
            if (live != null && !declared.external() && differs(live, declared)) {
                warnings.add(new Warning(
                        "",
                        WarningCode.NETWORK_DIFFERS,
                        "network " + live.name() + " is not as declared, and a network cannot be changed in place:"
                                + " declare it under another name, move the apps, then drop the old one"));
            }
        });
        return warnings;
    }

    private boolean differs(dev.holdfast.live.Network live, Network declared) {
        var driver = declared.driver() == null ? "overlay" : declared.driver();
        return !live.driver().equals(driver)
                || live.internal() != declared.internal()
                || live.attachable() != declared.attachable()
                || !options(live.options()).equals(options(asked(declared)))
                || declared.ipam() != null
                        && !declared.ipam().config().stream()
                                .allMatch(subnet -> live.subnets().contains(subnet.subnet()));
    }

    private static Map<String, String> asked(Network declared) {
        var options = new TreeMap<>(declared.driverOpts());
        if (declared.encrypted()) {
            options.put(ENCRYPTED, "");
        }
        return options;
    }

    /// Without what the engine adds by itself; `encrypted` is on whatever its value.
    private static Map<String, String> options(Map<String, String> given) {
        var options = new TreeMap<>(given);
        options.keySet().removeIf(option -> option.endsWith(".vxlanid_list"));
        options.computeIfPresent(ENCRYPTED, (option, value) -> "");
        return options;
    }

    private dev.holdfast.live.@Nullable Network live(String name) {
        return situation.live().networks().stream()
                .filter(network -> network.isSwarm() && network.name().equals(name))
                .findFirst()
                .orElse(null);
    }
}
