package dev.holdfast.app;

import dev.holdfast.value.ImageReference;
import dev.holdfast.value.TidyPath;
import dev.holdfast.yaml.CleanPath;
import dev.holdfast.yaml.Default;
import dev.holdfast.yaml.Doc;
import dev.holdfast.yaml.Example;
import dev.holdfast.yaml.Keys;
import dev.holdfast.yaml.NotInFiles;
import dev.holdfast.yaml.NumberForms;
import dev.holdfast.yaml.OneOf;
import dev.holdfast.yaml.PairsForms;
import dev.holdfast.yaml.Patterns;
import dev.holdfast.yaml.ReadAs;
import dev.holdfast.yaml.Refuses;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `holdfast.yaml`: what holds for the whole repository. All of it is optional.
///
/// `defaults` is not here: it has been merged under every app before binding, `vars` have been filled in.
///
/// @param cluster the name under which this repository owns services; also the stack name that Docker's tools show
@Doc("What holds for the whole repository. All of it is optional.")
@Keys(
        extensions = true,
        also = {"defaults"})
@Refuses(RefusedKeys.class)
public record Repository(
        @Pattern(
                regexp = Patterns.SERVICE_NAME,
                message = "must be letters, digits, - and _, with a letter or digit at both ends")
        @Size(max = 40, message = "must have at most {max} letters")
        @Default("default")
        @Doc("The name under which this repository owns services; also the stack that Docker's tools show.")
        String cluster,

        @Doc("Networks that apps may join.") Map<String, @Valid Network> networks,

        @Doc("Volumes that need more than their name, such as a driver.")
        Map<
                        @Pattern(
                                regexp = Patterns.VOLUME_NAME,
                                message = "must be a volume's name: two or more letters, digits, _, . and -")
                        String,
                        @Valid Volume>
                volumes,

        @Doc("Where secrets come from.")
        Map<@Pattern(regexp = Patterns.CONTENT_NAME, message = CONTENT_NAME) String, @Valid ContentSource> secrets,

        @Doc("Where configs come from.")
        Map<@Pattern(regexp = Patterns.CONTENT_NAME, message = CONTENT_NAME) String, @Valid ContentSource> configs,

        @ReadAs(VarsForm.class) @Doc("Variables for ${NAME} in app files.") @Example("{\"DOMAIN\": \"example.org\"}")
        Map<String, String> vars,

        @Doc("Stacks that are not where the convention has them, or that say more.")
        Map<@Pattern(regexp = Patterns.STACK_NAME, message = STACK_NAME) String, StackSettings> stacks,

        @Valid @Doc("What holds removals back.") Brakes brakes,
        @Valid @Doc("How the nodes' disks are looked at.") SurveySettings survey,

        @Valid @Doc("How data that no app owns is reported.")
        OrphanSettings orphans) {

    private static final String CONTENT_NAME = "must have a name of letters, digits, ., - and _, of at most 51 letters";

    private static final String STACK_NAME =
            "would be the name of a stack, and engines take no such name: rename the key (" + StackFiles.NAMES + ")";

    public static final Repository EMPTY = empty("default");

    /// One that says nothing but its name.
    static Repository empty(String cluster) {
        return new Repository(
                cluster,
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Brakes.DEFAULT,
                SurveySettings.DEFAULT,
                OrphanSettings.DEFAULT);
    }

    /// The same with more: what the stacks of the repository declare.
    Repository with(
            Map<String, Network> moreNetworks,
            Map<String, Volume> moreVolumes,
            Map<String, ContentSource> moreSecrets,
            Map<String, ContentSource> moreConfigs) {
        return new Repository(
                cluster,
                joined(networks, moreNetworks),
                joined(volumes, moreVolumes),
                joined(secrets, moreSecrets),
                joined(configs, moreConfigs),
                vars,
                stacks,
                brakes,
                survey,
                orphans);
    }

    /// What is there already stays.
    private static <T> Map<String, T> joined(Map<String, T> some, Map<String, T> more) {
        var all = new LinkedHashMap<>(more);
        all.putAll(some);
        return Collections.unmodifiableMap(all);
    }

    /// Whether every node sees the same data in this volume.
    public boolean isShared(String volume) {
        var declared = volumes.get(volume);
        return declared != null && declared.shared();
    }

    /// The host path of a mount: the one that is named, or that a local volume binds where it is made as the
    /// repository says; null where that binds none, or one that every node sees.
    ///
    /// @param host null for a volume
    @Nullable
    String hostOf(@Nullable String host, @Nullable String volume) {
        if (host != null) {
            return host;
        }
        var declared = volume == null ? null : volumes.get(volume);
        return declared == null || declared.shared() ? null : Volume.boundTo(declared.driver(), declared.driverOpts());
    }

    /// A network that apps may join; overlay unless external.
    ///
    /// @param name its name in the Swarm; null means the key
    /// @param stack the stack that has it; null for one of `holdfast.yaml`
    @Doc("A network that apps may join.")
    @Keys(extensions = true)
    @Refuses(RefusedKeys.class)
    public record Network(
            @Doc("Its name in the Swarm; the key where absent.") @Nullable
            String name,

            @ReadAs(NumberForms.External.class) @Doc("It is there already; Holdfast neither makes nor removes it.")
            boolean external,

            @Doc("overlay where absent.") @Nullable String driver,

            @ReadAs(PairsForms.Settings.class) @Doc("Options of the driver.")
            Map<String, String> driverOpts,

            @Doc("No way out of it.") boolean internal,

            @Doc("Containers that are no services may join.")
            boolean attachable,

            @Doc("Traffic between nodes is encrypted.") boolean encrypted,

            @ReadAs(PairsForms.Labels.class) @Doc("Labels of the network.")
            Map<String, String> labels,

            @Valid @Doc("Address ranges.") @Nullable Ipam ipam,

            @NotInFiles @Nullable String stack) {

        public static final String HOST = "host";

        /// Networks that every node has. No names are looked up there, and so aliases are refused.
        public static final Set<String> PREDEFINED = Set.of(HOST, "bridge", "none");
    }

    @Doc("Address ranges of a network.")
    @Refuses(RefusedKeys.class)
    public record Ipam(
            @Doc("The address manager.") @Nullable String driver,
            @Doc("Its ranges.") List<@Valid Subnet> config) {}

    /// @param subnet an address range such as `10.20.0.0/24`
    @Refuses(RefusedKeys.class)
    public record Subnet(
            @Pattern(regexp = "[0-9a-fA-F.:]{2,45}/[0-9]{1,3}", message = "must be a range such as 10.20.0.0/24")
            @Doc("Such as 10.20.0.0/24.")
            String subnet) {}

    /// A volume that needs more than its name.
    ///
    /// @param shared every node sees the same data, so it does not lock an app to a node
    @Doc("A volume that needs more than its name.")
    @Keys(extensions = true)
    @Refuses(RefusedKeys.class)
    public record Volume(
            @Doc("local where absent.") @Nullable String driver,

            @ReadAs(PairsForms.Settings.class) @Doc("Options of the driver.")
            Map<String, String> driverOpts,

            @ReadAs(PairsForms.Labels.class) @Doc("Labels of the volume.")
            Map<String, String> labels,

            @Doc("Every node sees the same data, so it locks no app to a node.")
            boolean shared) {

        private static final List<String> NETWORK_FILE_SYSTEMS =
                List.of("nfs", "nfs4", "cifs", "smb3", "ceph", "glusterfs", "9p", "sshfs", "fuse.sshfs");

        /// Whether its driver may give every node the same data. A local volume is a directory of one node's
        /// disk, unless its options mount a network file system.
        public boolean mayBeShared() {
            return !(driver == null || driver.equals("local"))
                    || NETWORK_FILE_SYSTEMS.contains(driverOpts.getOrDefault("type", "none"))
                    || driverOpts.getOrDefault("o", "").contains("addr=");
        }

        /// The host path behind a local volume whose options make it a bind; null where it is none.
        public static @Nullable String boundTo(@Nullable String driver, Map<String, String> options) {
            var device = options.getOrDefault("device", "");
            var given = List.of(options.getOrDefault("o", "").split(","));
            var binds = given.contains("bind") || given.contains("rbind");
            if (!binds || !device.startsWith("/") || !(driver == null || driver.equals("local"))) {
                return null;
            }
            return TidyPath.of(device);
        }
    }

    /// Where the bytes of a secret or config come from: a file of the repository, or an object that is there
    /// already.
    ///
    /// @param file path in the repository, relative to `holdfast.yaml`
    /// @param sops the same of a file that SOPS has encrypted
    /// @param key a value of that file; null for all of it
    /// @param name the object's name in the Swarm; null means the key (external only)
    /// @param stack null for one of `holdfast.yaml`
    @Doc("Where the bytes of a secret or config come from.")
    @Keys(extensions = true)
    @Refuses(RefusedKeys.class)
    public record ContentSource(
            @Size(min = 1, message = "must not be empty")
            @Doc("A file of the repository, relative to holdfast.yaml.")
            @Nullable
            String file,

            @Size(min = 1, message = "must not be empty")
            @Doc("A file of the repository that SOPS has encrypted, relative to holdfast.yaml.")
            @Example("secrets/db.yaml")
            @Nullable
            String sops,

            @Size(min = 1, message = "must not be empty")
            @Doc("With sops: which value of the file, as a.b or a[0]; all of the file where absent.")
            @Example("password")
            @Nullable
            String key,

            @ReadAs(NumberForms.External.class) @Doc("It is in the Swarm already.")
            boolean external,

            @Doc("Its name in the Swarm, where it is external; the key where absent.") @Nullable
            String name,

            @OneOf("golang") @Doc("Fills templates in the file for each task.") @Nullable
            String templateDriver,

            @Doc("The file goes to the apps as it is, even though it is encrypted.")
            boolean plain,

            @NotInFiles @Nullable OfStack stack) {

        /// A file of the repository as it is.
        public static ContentSource ofFile(String file, @Nullable String templateDriver) {
            return new ContentSource(file, null, null, false, null, templateDriver, false, null);
        }

        /// The same of one that is opened where SOPS has encrypted it.
        ///
        /// @param key which value of an encrypted one; null for all of it
        public static ContentSource ofFile(
                String file, byte[] bytes, @Nullable String key, @Nullable String templateDriver) {
            return SopsFiles.isEncrypted(file, bytes)
                    ? new ContentSource(null, file, key, false, null, templateDriver, false, null)
                    : ofFile(file, templateDriver);
        }

        /// @param name in the Swarm; null for that of the key
        public static ContentSource ofOthers(@Nullable String name) {
            return new ContentSource(null, null, null, true, name, null, false, null);
        }

        /// Under which name [Desired#contents] has its bytes; null where they come from somewhere else.
        public @Nullable String content() {
            return sops == null ? file : "sops:" + sops + "#" + (key == null ? "" : key);
        }
    }

    /// What a stack file says more of a secret or config. Its `name` is always there: what `docker stack deploy`
    /// calls it.
    ///
    /// @param stack the stack that has it
    /// @param driver what makes the secret instead of a file; null where a file does
    public record OfStack(
            String stack,
            Map<String, String> labels,
            @Nullable String driver) {}

    /// @param maxRemovals per cent of the live apps that one run may remove
    /// @param allowRemovals apps that may be removed whatever the brake says
    @Doc("What holds removals back.")
    public record Brakes(
            @ReadAs(NumberForms.Percent.class)
            @Default("30%")
            @Doc("The share of the live apps that one run may remove.")
            int maxRemovals,

            @Doc("Apps that may be removed all the same.") List<String> allowRemovals) {
        public static final Brakes DEFAULT = new Brakes(30, List.of());
    }

    /// How the nodes' disks are looked at.
    ///
    /// @param image any image with a shell and the docker client
    /// @param socket the engine's socket on the nodes
    @Doc("How the nodes' disks are looked at.")
    public record SurveySettings(
            @Pattern(regexp = ImageReference.PATTERN, message = "must be an image such as docker:cli")
            @Default("docker:cli")
            @Doc("Any image with a shell and the docker client.")
            String image,

            @CleanPath(CleanPath.Use.TARGET) @Default("/var/run/docker.sock") @Doc("The engine's socket on the nodes.")
            String socket) {
        public SurveySettings {
            socket = TidyPath.of(socket);
        }

        public static final SurveySettings DEFAULT = new SurveySettings("docker:cli", "/var/run/docker.sock");
    }

    /// How data that no app owns is reported. What is left out of reports stays in the ledger.
    ///
    /// @param ignore patterns for names of volumes and for host paths
    @Doc("How data that no app owns is reported.")
    public record OrphanSettings(
            @Doc("Volumes (tmp-*) and host paths (/srv/scratch/**) that no report lists. Nothing is forgotten.")
            @Example("[\"tmp-*\", \"/srv/scratch/**\"]")
            List<
                            @Pattern(
                                    regexp = NamePattern.RULE,
                                    message = "must be a pattern for volumes such as tmp-*, or for host paths such as"
                                            + " /srv/scratch/**; only * ** and ? stand for something else")
                            String>
                    ignore) {
        public OrphanSettings {
            ignore = ignore.stream().map(TidyPath::of).toList();
        }

        public static final OrphanSettings DEFAULT = new OrphanSettings(List.of());

        /// @param name a volume's name, or a host path
        public boolean ignores(String name) {
            return ignore.stream().anyMatch(pattern -> NamePattern.matches(pattern, name));
        }
    }
}
