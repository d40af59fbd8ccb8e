package dev.holdfast.spec;

import dev.holdfast.app.App;
import dev.holdfast.app.Deploy;
import dev.holdfast.app.Directory;
import dev.holdfast.app.ExtraHost;
import dev.holdfast.app.FileReference;
import dev.holdfast.app.Healthcheck;
import dev.holdfast.app.Hook;
import dev.holdfast.app.HostPath;
import dev.holdfast.app.Logging;
import dev.holdfast.app.NetworkAttachment;
import dev.holdfast.app.Persistent;
import dev.holdfast.app.Port;
import dev.holdfast.app.Schedule;
import dev.holdfast.app.Scratch;
import dev.holdfast.app.Tmpfs;
import dev.holdfast.app.Ulimit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes an app for a test: the plainest one, with what the test sets.
public final class AppMaker {

    public String name = "web";
    public String image = "nginx:1.27";
    public String imagePolicy = "pinned";
    public List<String> command = List.of();
    public List<String> entrypoint = List.of();
    public Map<String, String> environment = Map.of();
    public Map<String, String> labels = Map.of();
    public Map<String, NetworkAttachment> networks = Map.of();
    public List<Port> ports = List.of();

    @Nullable
    public Healthcheck healthcheck;

    @Nullable
    public String user;

    @Nullable
    public String workingDir;

    @Nullable
    public String hostname;

    @Nullable
    public Boolean init;

    public boolean readOnly;
    public boolean tty;
    public boolean stdinOpen;
    public List<Tmpfs> tmpfs = List.of();

    @Nullable
    public String stopSignal;

    @Nullable
    public Duration stopGracePeriod;

    public List<ExtraHost> extraHosts = List.of();
    public List<String> dns = List.of();
    public List<String> dnsSearch = List.of();
    public List<String> capAdd = List.of();
    public List<String> capDrop = List.of();
    public Map<String, String> sysctls = Map.of();
    public Map<String, Ulimit> ulimits = Map.of();

    @Nullable
    public Integer oomScoreAdj;

    @Nullable
    public Logging logging;

    @Nullable
    public String isolation;

    @Nullable
    public String restart;

    public List<FileReference> secrets = List.of();
    public List<FileReference> configs = List.of();
    public List<HostPath> hostPaths = List.of();
    public List<Scratch> scratch = List.of();
    public List<Directory> directories = List.of();
    public boolean eachNode;
    public String mode = "replicated";

    @Nullable
    public Integer replicas;

    @Nullable
    public Schedule schedule;

    @Nullable
    public Hook before;

    @Nullable
    public Hook after;

    public Map<String, String> serviceLabels = Map.of();

    @Nullable
    public String endpointMode;

    public Deploy.Placement placement = Deploy.Placement.ANYWHERE;
    public Deploy.Resources resources = Deploy.Resources.UNLIMITED;
    public Deploy.@Nullable RestartPolicy restartPolicy;
    public Deploy.@Nullable UpdateConfig updateConfig;
    public Deploy.@Nullable UpdateConfig rollbackConfig;

    public static App app(Consumer<AppMaker> settings) {
        var maker = new AppMaker();
        settings.accept(maker);
        return maker.build();
    }

    public App build() {
        var deploy = new Deploy(
                mode,
                replicas,
                serviceLabels,
                endpointMode,
                placement,
                resources,
                restartPolicy,
                updateConfig,
                rollbackConfig);
        return new App(
                name,
                image,
                command,
                entrypoint,
                environment,
                labels,
                networks,
                ports,
                healthcheck,
                user,
                workingDir,
                hostname,
                init,
                readOnly,
                tty,
                stdinOpen,
                tmpfs,
                stopSignal,
                stopGracePeriod,
                extraHosts,
                dns,
                dnsSearch,
                capAdd,
                capDrop,
                sysctls,
                ulimits,
                oomScoreAdj,
                logging,
                isolation,
                restart,
                deploy,
                secrets,
                configs,
                hostPaths,
                scratch,
                directories.isEmpty() ? null : new Persistent(null, directories, List.of(), null, eachNode),
                List.of(),
                schedule,
                before,
                after,
                Duration.ofMinutes(5),
                imagePolicy,
                List.of(),
                false,
                null);
    }
}
