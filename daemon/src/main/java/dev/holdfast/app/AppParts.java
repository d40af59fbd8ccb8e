package dev.holdfast.app;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The parts of an app, by their names, until it is made of them: what is not set is absent.
final class AppParts {

    String name = "";
    String image = "";
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
    Integer oomScoreAdj;

    @Nullable
    Logging logging;

    @Nullable
    String isolation;

    @Nullable
    String restart;

    Deploy deploy;
    List<FileReference> secrets = List.of();
    List<FileReference> configs = List.of();
    List<HostPath> hostPaths = List.of();
    List<Scratch> scratch = List.of();

    @Nullable
    Persistent persistent;

    List<String> dependsOn = List.of();

    @Nullable
    Schedule schedule;

    @Nullable
    Hook before;

    @Nullable
    Hook after;

    Duration timeout = Duration.ofMinutes(5);
    String imagePolicy = App.PINNED;
    List<String> ignoreDrift = List.of();
    boolean adopt;

    @Nullable
    StackService stack;

    AppParts(Deploy deploy) {
        this.deploy = deploy;
    }

    /// Those of an app, to be changed.
    static AppParts of(App app) {
        var parts = new AppParts(app.deploy());
        parts.name = app.name();
        parts.image = app.image();
        parts.command = app.command();
        parts.entrypoint = app.entrypoint();
        parts.environment = app.environment();
        parts.labels = app.labels();
        parts.networks = app.networks();
        parts.ports = app.ports();
        parts.healthcheck = app.healthcheck();
        parts.user = app.user();
        parts.workingDir = app.workingDir();
        parts.hostname = app.hostname();
        parts.init = app.init();
        parts.readOnly = app.readOnly();
        parts.tty = app.tty();
        parts.stdinOpen = app.stdinOpen();
        parts.tmpfs = app.tmpfs();
        parts.stopSignal = app.stopSignal();
        parts.stopGracePeriod = app.stopGracePeriod();
        parts.extraHosts = app.extraHosts();
        parts.dns = app.dns();
        parts.dnsSearch = app.dnsSearch();
        parts.capAdd = app.capAdd();
        parts.capDrop = app.capDrop();
        parts.sysctls = app.sysctls();
        parts.ulimits = app.ulimits();
        parts.oomScoreAdj = app.oomScoreAdj();
        parts.logging = app.logging();
        parts.isolation = app.isolation();
        parts.restart = app.restart();
        parts.secrets = app.secrets();
        parts.configs = app.configs();
        parts.hostPaths = app.hostPaths();
        parts.scratch = app.scratch();
        parts.persistent = app.persistent();
        parts.dependsOn = app.dependsOn();
        parts.schedule = app.schedule();
        parts.before = app.before();
        parts.after = app.after();
        parts.timeout = app.timeout();
        parts.imagePolicy = app.imagePolicy();
        parts.ignoreDrift = app.ignoreDrift();
        parts.adopt = app.adopt();
        parts.stack = app.stack();
        return parts;
    }

    App app() {
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
                persistent,
                dependsOn,
                schedule,
                before,
                after,
                timeout,
                imagePolicy,
                ignoreDrift,
                adopt,
                stack);
    }
}
