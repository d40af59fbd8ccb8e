package dev.holdfast.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.data.MountsLabel;
import dev.holdfast.data.MountsLabel.Role;
import dev.holdfast.data.Source;
import dev.holdfast.ledger.Claim;
import dev.holdfast.live.Labels;
import dev.holdfast.live.Service;
import dev.holdfast.spec.MountsPart;
import dev.holdfast.spec.Specs;
import dev.holdfast.spec.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The main facts of an app that is new: there are no old values to compare them with.
///
/// @param image as its file names it
/// @param instances how many; [Replacement#EACH_NODE] where there is one on each node
/// @param once whether each of them is to end, as a job's does
/// @param ports such as `8080→80/tcp`, `53→53/udp (host)`
/// @param data such as `db-data at /data`, `/srv/x at /x (read-only)`, `host path /etc/hosts at /hosts (read-only)`
/// @param placement the node of its lock, and constraints
/// @param files secrets and configs
public record Created(
        String image,
        int instances,
        boolean once,
        List<String> ports,
        List<String> networks,
        List<String> data,
        List<String> placement,
        List<String> files) {

    public static Created of(Change.CreateService create) {
        var spec = create.spec();
        var container = spec.at("/TaskTemplate/ContainerSpec");
        var written = Specs.text(spec.path("Labels").path(Labels.STACK_IMAGE));
        return new Created(
                written.isEmpty() ? Specs.text(container.path("Image")) : written,
                Replacement.instances(spec),
                spec.path("Mode").has("GlobalJob") || spec.path("Mode").has("ReplicatedJob"),
                ports(spec.at("/EndpointSpec/Ports")),
                networks(spec.at("/TaskTemplate/Networks")),
                mounts(container.path("Mounts"), create.claims(), mounts(spec)),
                placement(
                        spec.at("/TaskTemplate/Placement"),
                        Service.lockedNode(spec).isPresent() ? create.claims() : List.of()),
                files(container));
    }

    private static List<String> ports(JsonNode ports) {
        var texts = new ArrayList<String>();
        for (var port : ports) {
            var published = port.path("PublishedPort").asInt();
            var protocol = Specs.text(port.path("Protocol"));
            texts.add((published == 0 ? "any" : "" + published) + "→"
                    + port.path("TargetPort").asInt() + "/" + (protocol.isEmpty() ? "tcp" : protocol)
                    + (Specs.text(port.path("PublishMode")).equals("host") ? " (host)" : ""));
        }
        return List.copyOf(texts);
    }

    private static List<String> networks(JsonNode networks) {
        return networks.valueStream()
                .map(network -> Specs.text(network.path("Target")))
                .sorted()
                .toList();
    }

    /// All that is mounted; a path of the host that is only looked at is no data of the app.
    private static List<String> mounts(JsonNode mounts, List<Claim> claims, MountsLabel others) {
        var texts = new ArrayList<String>();
        for (var mount : mounts) {
            var source = MountsPart.source(mount);
            var readOnly = mount.path("ReadOnly").asBoolean();
            var claimed = claims.stream().anyMatch(claim -> claim.name().equals(source));
            var role = others.roles().get(Source.of(MountsPart.type(mount).equals("volume"), source));
            if (!source.isEmpty()) {
                texts.add(kind(role, MountsPart.type(mount).equals("bind") && !claimed) + source + " at "
                        + MountsPart.target(mount)
                        + (readOnly ? " (read-only)" : role == Role.HOST ? " (writable)" : ""));
            }
        }
        return List.copyOf(texts);
    }

    private static String kind(@Nullable Role role, boolean hostPath) {
        return switch (role) {
            case SCRATCH -> "scratch ";
            case SHARED -> "shared ";
            case HOST -> "host path ";
            case null -> hostPath ? "host path " : "";
        };
    }

    private static MountsLabel mounts(JsonNode spec) {
        return MountsLabel.read(Specs.text(spec.path("Labels").path(Labels.MOUNTS)));
    }

    /// A lock is told by the node's name, as the claims have it.
    private static List<String> placement(JsonNode placement, List<Claim> claims) {
        var texts = new ArrayList<String>();
        if (!claims.isEmpty()) {
            texts.add(claims.getFirst().hostname());
        }
        var constraints = new TreeSet<String>();
        Specs.strings(placement.path("Constraints")).stream()
                .map(Spelling::constraint)
                .filter(constraint -> claims.isEmpty()
                        || !constraint.equals("node.id==" + claims.getFirst().node()))
                .forEach(constraints::add);
        texts.addAll(constraints);
        return List.copyOf(texts);
    }

    private static List<String> files(JsonNode container) {
        var texts = new ArrayList<String>();
        container.path("Secrets").forEach(secret -> texts.add("secret " + Specs.text(secret.path("SecretName"))));
        container.path("Configs").forEach(config -> texts.add("config " + Specs.text(config.path("ConfigName"))));
        return List.copyOf(texts);
    }
}
