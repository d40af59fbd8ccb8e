package dev.holdfast.plan;

import dev.holdfast.app.App;
import dev.holdfast.app.Deploy;
import dev.holdfast.app.Directory;
import dev.holdfast.app.ExtraHost;
import dev.holdfast.app.FileReference;
import dev.holdfast.app.Healthcheck;
import dev.holdfast.app.HostPath;
import dev.holdfast.app.Logging;
import dev.holdfast.app.NetworkAttachment;
import dev.holdfast.app.Persistent;
import dev.holdfast.app.Port;
import dev.holdfast.app.Tmpfs;
import dev.holdfast.app.Ulimit;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes an app for a test: the plainest one, with what the test sets.
final class AppMaker {

    String name = "web";
    String image = "nginx:1.27";
    List<String> command = List.of();
    List<String> entrypoint = List.of();
    Map<String, String> environment = Map.of();
    Map<String, String> labels = Map.of();
    Map<String, NetworkAttachment> networks = Map.of();
    List<Port> ports = List.of();

    @Nullable
    Healthcheck healthcheck;

    @Nullable
    String user;

    @Nullable
    String workingDir;

    @Nullable
    String hostname;

    @Nullable
    Boolean init;

    boolean readOnly;
    boolean tty;
    boolean stdinOpen;
    List<Tmpfs> tmpfs = List.of();

    @Nullable
    String stopSignal;

    @Nullable
    Duration stopGracePeriod;

    List<ExtraHost> extraHosts = List.of();
    List<String> dns = List.of();
    List<String> dnsSearch = List.of();
    List<String> capAdd = List.of();
    List<String> capDrop = List.of();
    Map<String, String> sysctls = Map.of();
    Map<String, Ulimit> ulimits = Map.of();

    @Nullable
    Logging logging;

    @Nullable
    String isolation;

    @Nullable
    String restart;

    List<FileReference> secrets = List.of();
    List<FileReference> configs = List.of();
    List<HostPath> hostPaths = List.of();
    List<Directory> directories = List.of();
    String mode = "replicated";

    @Nullable
    Integer replicas;

    Map<String, String> serviceLabels = Map.of();

    @Nullable
    String endpointMode;

    Deploy.Placement placement = Deploy.Placement.ANYWHERE;
    Deploy.Resources resources = Deploy.Resources.UNLIMITED;
    Deploy.@Nullable RestartPolicy restartPolicy;
    Deploy.@Nullable UpdateConfig updateConfig;
    Deploy.@Nullable UpdateConfig rollbackConfig;

    static App app(Consumer<AppMaker> settings) {
        var maker = new AppMaker();
        settings.accept(maker);
        return maker.build();
    }

    App build() {
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
                logging,
                isolation,
                restart,
                deploy,
                secrets,
                configs,
                hostPaths,
                directories.isEmpty() ? null : new Persistent(null, directories, List.of(), null),
                List.of(),
                Duration.ofMinutes(5),
                List.of(),
                false);
    }
}
