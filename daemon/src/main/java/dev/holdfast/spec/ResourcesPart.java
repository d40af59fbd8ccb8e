package dev.holdfast.spec;

import static dev.holdfast.spec.Specs.object;
import static dev.holdfast.spec.Specs.orNothing;
import static dev.holdfast.spec.Specs.put;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.holdfast.app.App;
import dev.holdfast.app.Deploy.Limits;
import dev.holdfast.app.Deploy.Reservations;
import dev.holdfast.value.ByteSize;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// What a task may use and what must be free for it.
final class ResourcesPart implements SpecPart {

    private static final BigDecimal NANO = BigDecimal.valueOf(1_000_000_000L);

    @Override
    public @Nullable JsonNode write(App app, SpecContext context) {
        var resources = object();
        var limits = app.deploy().resources().limits();
        if (limits != null) {
            given(resources, "Limits", limits(limits), app);
        }
        var reservations = app.deploy().resources().reservations();
        if (reservations != null) {
            given(resources, "Reservations", reservations(reservations), app);
        }
        // The client of a stack sends it even where it is empty, and to add one later starts the tasks anew.
        return app.stack() == null ? orNothing(resources) : resources;
    }

    private static void given(ObjectNode resources, String key, ObjectNode amounts, App app) {
        if (app.stack() == null) {
            put(resources, key, amounts);
        } else {
            resources.set(key, amounts);
        }
    }

    private static ObjectNode limits(Limits limits) {
        var node = object();
        put(node, "NanoCPUs", nanos(limits.cpus()));
        put(node, "MemoryBytes", limits.memory());
        put(node, "Pids", limits.pids());
        return node;
    }

    private static ObjectNode reservations(Reservations reservations) {
        var node = object();
        put(node, "NanoCPUs", nanos(reservations.cpus()));
        put(node, "MemoryBytes", reservations.memory());
        var generic = Specs.array();
        for (var resource : reservations.genericResources()) {
            var discrete = generic.addObject().putObject("DiscreteResourceSpec");
            discrete.put("Kind", resource.discreteResourceSpec().kind());
            put(discrete, "Value", resource.discreteResourceSpec().value());
        }
        put(node, "GenericResources", generic);
        return node;
    }

    private static @Nullable Long nanos(@Nullable BigDecimal cpus) {
        return cpus == null ? null : cpus.multiply(NANO).longValue();
    }

    @Override
    public void read(String word, JsonNode node, Side side, FieldValues values) {
        amounts(node.path("Limits"), word + ".limits", values);
        // Less than none is no limit either.
        if (node.path("Limits").path("Pids").asLong() > 0) {
            values.putAny(word + ".limits.pids", node.path("Limits").path("Pids"));
        }
        amounts(node.path("Reservations"), word + ".reservations", values);
        for (var resource : node.path("Reservations").path("GenericResources")) {
            resource.properties().forEach(entry -> {
                var kind = Specs.text(entry.getValue().path("Kind"));
                var value = entry.getValue().path("Value");
                values.put(
                        word + ".reservations.generic_resources." + kind,
                        value.isTextual() ? "\"" + value.asText() + "\"" : "" + value.asLong());
            });
        }
        node.properties().stream()
                .filter(entry ->
                        !entry.getKey().equals("Limits") && !entry.getKey().equals("Reservations"))
                .forEach(entry -> values.putAny("TaskTemplate.Resources." + entry.getKey(), entry.getValue()));
    }

    private static void amounts(JsonNode node, String word, FieldValues values) {
        var cpus = node.path("NanoCPUs").asLong();
        if (cpus != 0) {
            values.put(word + ".cpus", Spelling.cpus(cpus));
        }
        var memory = node.path("MemoryBytes").asLong();
        if (memory != 0) {
            values.put(word + ".memory", new ByteSize(memory).exact());
        }
    }
}
