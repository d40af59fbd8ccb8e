package dev.holdfast.app;

import dev.holdfast.value.ImageReference;
import dev.holdfast.value.TidyPath;
import dev.holdfast.yaml.Default;
import dev.holdfast.yaml.Doc;
import dev.holdfast.yaml.Example;
import dev.holdfast.yaml.Keys;
import dev.holdfast.yaml.NotInFiles;
import dev.holdfast.yaml.OneOf;
import dev.holdfast.yaml.PairsForms;
import dev.holdfast.yaml.Patterns;
import dev.holdfast.yaml.ReadAs;
import dev.holdfast.yaml.Refuses;
import dev.holdfast.yaml.TextForms;
import dev.holdfast.yaml.WordsForms;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One app: a service of a Compose file with Compose's own keys, plus what Holdfast adds.
///
/// A component is the key of the file in camel case (`stopGracePeriod` is `stop_grace_period`). Absent lists and maps
/// are empty; absent scalars and sections are null. Every spelling that Compose allows has been folded into one form.
///
/// @param stack null for an app that has a file of its own
@Doc("One app: a service of a Compose file, and what Holdfast adds to it.")
@Keys(extensions = true)
@Refuses(RefusedKeys.class)
public record App(
        @Pattern(
                regexp = Patterns.SERVICE_NAME,
                message = "must be a service name: letters, digits, - and _, with a letter or digit at both ends")
        @Size(max = 63, message = "must have at most {max} letters")
        @Doc("The name of the service in the Swarm, exactly. Renaming an app that has data keeps the data if the"
                + " claim stays the same.")
        @Example("db")
        String name,

        @ReadAs(ImageForm.class)
        @Pattern(
                regexp = ImageReference.PATTERN,
                message = "must be an image such as postgres:17 or registry.example.com/team/app:1.2; the repository is"
                        + " lower-case")
        @Doc("The image; its tag is resolved to a digest when this line changes (see image_policy).")
        @Example("postgres:17")
        String image,

        @ReadAs(WordsForms.Command.class)
        @Doc("Replaces the image's command. Text is split as a shell would, without running one.")
        @Example("[\"serve\", \"--port\", \"8080\"]")
        List<String> command,

        @ReadAs(WordsForms.Command.class) @Doc("Replaces the image's entrypoint.")
        List<String> entrypoint,

        @ReadAs(PairsForms.Environment.class)
        @Doc("Variables of the container's processes. Put secrets into secrets, not here.")
        Map<String, String> environment,

        @ReadAs(PairsForms.Labels.class)
        @Doc("Labels of the containers. Labels of the service are in deploy.labels; changing those restarts nothing.")
        Map<String, String> labels,

        @ReadAs(NetworksForm.class)
        @Doc("Networks to join, each declared in holdfast.yaml. Other apps there reach this one by its name.")
        @Example("[\"backend\"]")
        Map<String, @Valid NetworkAttachment> networks,

        @ReadAs(PortsForm.class)
        @Doc("Published ports, such as 8080:80. Every node of the Swarm listens, unless mode is host.")
        @Example("[\"8080:80\"]")
        List<Port> ports,

        @ReadAs(HealthcheckForm.class)
        @Valid
        @Doc("How the engine asks a container for its health. A rollout waits for it.")
        @Nullable
        Healthcheck healthcheck,

        @ReadAs(TextForms.Loose.class)
        @Doc("User, and group after a colon, of the process.")
        @Example("1000:1000")
        @Nullable
        String user,

        @Doc("Directory that the process starts in.") @Nullable
        String workingDir,

        @Doc("Host name of the containers; may be a template such as {{.Node.Hostname}}.") @Nullable
        String hostname,

        @Doc("Run an init process that passes on signals and reaps children.") @Nullable
        Boolean init,

        @Doc("Mount the container's root file system read-only.")
        boolean readOnly,

        @Doc("Give the process a terminal.") boolean tty,
        @Doc("Keep the standard input open.") boolean stdinOpen,

        @ReadAs(ShortForms.OfTmpfs.class) @Doc("File systems in memory, such as /tmp:size=64m,mode=1777.")
        List<@Valid Tmpfs> tmpfs,

        @Pattern(regexp = Patterns.SIGNAL, message = "must be a signal, such as SIGINT")
        @Doc("Signal that asks the process to stop.")
        @Example("SIGINT")
        @Nullable
        String stopSignal,

        @Doc("How long the process may take to stop before it is killed; the engine's default is 10s.")
        @Example("30s")
        @Nullable
        Duration stopGracePeriod,

        @ReadAs(ShortForms.OfExtraHosts.class) @Doc("More lines for /etc/hosts, HOST:IP.")
        List<ExtraHost> extraHosts,

        @ReadAs(WordsForms.OneOrMore.class) @Doc("Addresses of name servers.")
        List<String> dns,

        @ReadAs(WordsForms.OneOrMore.class) @Doc("Domains to search names in.")
        List<String> dnsSearch,

        @ReadAs(WordsForms.Capabilities.class) @Doc("Capabilities to add, such as NET_ADMIN.")
        List<String> capAdd,

        @ReadAs(WordsForms.Capabilities.class) @Doc("Capabilities to take away, such as ALL.")
        List<String> capDrop,

        @ReadAs(PairsForms.Settings.class) @Doc("Kernel settings of the containers.")
        Map<String, String> sysctls,

        @Doc("Limits of the processes, such as nofile: 65536.")
        Map<
                        @Pattern(regexp = Patterns.ULIMIT, message = "must be a limit of the engine, such as nofile")
                        String,
                        Ulimit>
                ulimits,

        @Min(value = -1000, message = OOM_SCORE)
        @Max(value = 1000, message = OOM_SCORE)
        @Doc("How likely the kernel kills the process when the node runs out of memory: -1000 is never, 1000 first.")
        @Example("-500")
        @Nullable
        Integer oomScoreAdj,

        @Valid @Doc("The log driver and its options.") @Nullable
        Logging logging,

        @OneOf({"default", "process", "hyperv"}) @Doc("Isolation of containers on Windows.") @Nullable
        String isolation,

        @ReadAs(TextForms.Restart.class)
        @Doc("When containers are started again: no, always, unless-stopped, on-failure[:TIMES]. Or use"
                + " deploy.restart_policy.")
        @Nullable
        String restart,

        @Valid @Doc("How many instances run, where, and how they are replaced.")
        Deploy deploy,

        @Doc("Secrets that the app reads below /run/secrets, each declared in holdfast.yaml.")
        @Example("[\"db-password\"]")
        List<@Valid FileReference> secrets,

        @Doc("Configuration files, each declared in holdfast.yaml.")
        List<@Valid FileReference> configs,

        @Doc("Files, sockets and directories of the host that the app looks at, SOURCE[:TARGET]; no data, and read-only"
                + " unless the entry says writable.")
        @Example("[\"/var/run/docker.sock\"]")
        List<@Valid HostPath> hostPaths,

        @Doc("Volumes and host directories that are no data, NAME:TARGET: each node has its own, and it may be lost at"
                + " any time.")
        @Example("[\"cache:/cache\"]")
        List<@Valid Scratch> scratch,

        @Valid @Doc("The data of the app. It locks the app to one node and to one instance.") @Nullable
        Persistent persistent,

        @ReadAs(WordsForms.Names.class) @Doc("Apps that must have converged before this one is changed.")
        List<String> dependsOn,

        @Valid
        @Doc("The app is no server: it runs at these times, one task that ends. A change of its file does not run it.")
        @Example("0 2 * * *")
        @Nullable
        Schedule schedule,

        @Valid
        @Doc("A command that runs to its end before the app is changed, with its new image: a migration. If it fails,"
                + " the app stays as it is.")
        @Example("[\"./manage.py\", \"migrate\"]")
        @Nullable
        Hook before,

        @Valid @Doc("A command that runs to its end once the changed app has converged.") @Nullable
        Hook after,

        @Default("5m") @Doc("How long a rollout may take.") Duration timeout,

        @OneOf({PINNED, FOLLOW})
        @Default(PINNED)
        @Doc("What becomes of a tag that moves: nothing until the line image changes (pinned), or it is looked up again"
                + " and rolled out (follow).")
        String imagePolicy,

        @Doc("What people may change by hand: replicas, for scaling by hand.")
        List<@OneOf("replicas") String> ignoreDrift,

        @Doc("Take over a service, volume or directory that Holdfast did not create. Remove it after it has worked"
                + " once.")
        boolean adopt,

        @NotInFiles @Nullable StackService stack) {

    public static final String PINNED = "pinned";
    static final String FOLLOW = "follow";

    private static final String OOM_SCORE = "must be from -1000 to 1000";

    public App {
        workingDir = workingDir == null ? null : TidyPath.of(workingDir);
    }

    /// Whether this app owns data, as rule `one-instance` means it: some directory of it is written by it alone.
    /// `shared` tells which volumes every node sees; those, and directories that are only read, do not lock.
    public boolean isPersistent(Predicate<String> shared) {
        return directories().stream().anyMatch(directory -> directory.locks(shared));
    }

    /// The same app, which only looks at these host paths, as they are no directories.
    public App lookingAt(Set<String> files) {
        var paths = new ArrayList<>(hostPaths);
        var kept = new ArrayList<Directory>();
        for (var directory : directories()) {
            var host = directory.host();
            if (host != null && files.contains(host)) {
                paths.add(new HostPath(host, directory.target(), !directory.readOnly()));
            } else {
                kept.add(directory);
            }
        }
        var parts = AppParts.of(this);
        parts.hostPaths = paths;
        parts.persistent = persistent == null ? null : persistent.with(kept);
        return parts.app();
    }

    /// Whether its tag is looked up again and again, and rolled out where it has moved.
    public boolean followsTag() {
        return imagePolicy.equals(FOLLOW) && !ImageReference.of(image).isPinned();
    }

    /// How many instances its service has while nothing else is asked of it: none of a scheduled app.
    public int instances() {
        var replicas = deploy.replicas();
        return schedule != null ? 0 : replicas == null ? 1 : replicas;
    }

    /// The directories of the `persistent` section, empty where there is none.
    public List<Directory> directories() {
        return persistent == null ? List.of() : persistent.directories();
    }

    /// The directories that are on one node, or on each node for itself: those that make claims.
    ///
    /// @param shared which volumes every node sees
    public List<Directory> claimed(Predicate<String> shared) {
        return directories().stream()
                .filter(directory -> !directory.isShared(shared))
                .toList();
    }

    /// Whether every node that it runs on has its own data.
    public boolean hasDataOnEachNode() {
        return persistent != null && persistent.eachNode();
    }

    /// The owners of data that this app writes too.
    public Set<String> owners() {
        return directories().stream()
                .flatMap(directory -> Stream.ofNullable(directory.with()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// The owners that its file names of data that this app only reads.
    public Set<String> isReaderOf() {
        return directories().stream()
                .flatMap(directory -> Stream.ofNullable(directory.of()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// Apps that must have converged before this one is changed, said or not.
    public Set<String> startsAfter() {
        var all = new TreeSet<>(dependsOn);
        all.addAll(owners());
        all.addAll(isReaderOf());
        return Set.copyOf(all);
    }

    /// Whether the file allows that data of that name stays behind.
    public boolean leaves(String source) {
        return persistent != null && persistent.leave().contains(source);
    }
}
