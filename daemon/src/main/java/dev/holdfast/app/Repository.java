package dev.holdfast.app;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `holdfast.yaml`: what holds for the whole repository. All of it is optional.
///
/// `defaults` is not here: it has been merged under every app before binding, `vars` have been filled in.
///
/// @param cluster the name under which this repository owns services; also the stack name that Docker's tools show
public record Repository(
        String cluster,
        Map<String, Network> networks,
        Map<String, Volume> volumes,
        Map<String, ContentSource> secrets,
        Map<String, ContentSource> configs,
        Map<String, String> vars,
        Brakes brakes,
        SurveySettings survey) {

    public static final Repository EMPTY = new Repository(
            "default", Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Brakes.DEFAULT, SurveySettings.DEFAULT);

    /// Whether every node sees the same data in this volume.
    public boolean isShared(String volume) {
        var declared = volumes.get(volume);
        return declared != null && declared.shared();
    }

    /// A network that apps may join; overlay unless external.
    ///
    /// @param name its name in the Swarm; null means the key
    public record Network(
            @Nullable String name,
            boolean external,
            @Nullable String driver,
            Map<String, String> driverOpts,
            boolean internal,
            boolean attachable,
            boolean encrypted,
            Map<String, String> labels,
            @Nullable Ipam ipam) {}

    public record Ipam(@Nullable String driver, List<Subnet> config) {}

    /// @param subnet an address range such as `10.20.0.0/24`
    public record Subnet(String subnet) {}

    /// A volume that needs more than its name.
    ///
    /// @param shared every node sees the same data, so it does not lock an app to a node
    public record Volume(
            @Nullable String driver, Map<String, String> driverOpts, Map<String, String> labels, boolean shared) {}

    /// Where the bytes of a secret or config come from: a file of the repository, or an object that is there already.
    ///
    /// @param file path in the repository, relative to `holdfast.yaml`
    /// @param name the object's name in the Swarm; null means the key (external only)
    public record ContentSource(
            @Nullable String file, boolean external, @Nullable String name, @Nullable String templateDriver) {}

    /// @param maxRemovals per cent of the live apps that one run may remove
    /// @param allowRemovals apps that may be removed whatever the brake says
    public record Brakes(int maxRemovals, List<String> allowRemovals) {
        public static final Brakes DEFAULT = new Brakes(30, List.of());
    }

    /// How the nodes' disks are looked at.
    ///
    /// @param image any image with a shell and the docker client
    /// @param socket the engine's socket on the nodes
    public record SurveySettings(String image, String socket) {
        public static final SurveySettings DEFAULT = new SurveySettings("docker:cli", "/var/run/docker.sock");
    }
}
