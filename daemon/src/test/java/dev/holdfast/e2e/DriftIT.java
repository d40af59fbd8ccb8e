package dev.holdfast.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.testing.PrivateSwarm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What people change by hand is found and put back, unless data hangs on it.
class DriftIT {

    @RegisterExtension
    static final PrivateSwarm swarm = PrivateSwarm.oneNode();

    @RegisterExtension
    final Story story = new Story(swarm);

    @Test
    void whateverIsChangedByHandIsFoundByPlanAndPutBackByApply() {
        swarm.docker("network", "create", "-d", "overlay", "other");
        swarm.docker("config", "create", "by-hand", "/etc/hostname");
        var drifts = new LinkedHashMap<String, String>();
        drifts.put("--env-add=X=1", "environment");
        drifts.put("--image=demo:2", "image");
        drifts.put("--replicas=2", "replicas");
        drifts.put("--label-add=x=1", "labels");
        drifts.put("--container-label-add=x=1", "labels");
        drifts.put("--constraint-add=node.role==manager", "constraints");
        drifts.put("--mount-add=type=tmpfs,dst=/x", "");
        drifts.put("--network-add=other", "networks");
        drifts.put("--publish-add=published=8099,target=80", "ports");
        drifts.put("--limit-memory=64m", "memory");
        drifts.put("--reserve-cpu=0.01", "cpu");
        drifts.put("--config-add=by-hand", "configs");
        drifts.put("--user=1000", "user");
        drifts.put("--hostname=other", "hostname");
        drifts.put("--args=sleep 1000", "command");
        drifts.put("--entrypoint=env", "entrypoint");
        drifts.put("--host-add=a:1.2.3.4", "");
        drifts.put("--dns-add=1.1.1.1", "dns");
        drifts.put("--cap-add=NET_ADMIN", "cap");
        drifts.put("--sysctl-add=net.core.somaxconn=512", "sysctls");
        drifts.put("--ulimit-add=nofile=100:200", "ulimits");
        drifts.put("--stop-grace-period=2s", "stop_grace_period");
        drifts.put("--stop-signal=SIGINT", "stop_signal");
        drifts.put("--init", "init");
        drifts.put("--read-only", "read_only");
        drifts.put("--tty", "tty");
        drifts.put("--workdir=/tmp", "working_dir");
        drifts.put("--health-cmd=true", "healthcheck");
        drifts.put("--log-driver=none", "logging");
        drifts.put("--update-parallelism=3", "update");
        drifts.put("--update-order=stop-first", "order");
        drifts.put("--rollback-monitor=30s", "rollback");
        drifts.put("--restart-max-attempts=3", "restart");
        drifts.put("--endpoint-mode=dnsrr", "endpoint");
        drifts.put("--placement-pref-add=spread=node.labels.x", "placement");
        drifts.put("--limit-pids=50", "pids");
        var names = new LinkedHashMap<String, Map.Entry<String, String>>();
        for (var drift : drifts.entrySet()) {
            var name = "app" + names.size();
            names.put(name, drift);
            story.repo().app(name);
        }
        story.applied("Add them");

        names.forEach((name, drift) -> swarm.docker(
                "service",
                "update",
                "-d",
                "--no-resolve-image",
                drift.getKey().replaceAll("^(--args|--entrypoint)=", "$1="),
                name));

        var plan = Story.expect(2, story.run("plan", "--detailed-exitcode"));
        assertThat(story.writes()).isEmpty();
        names.forEach((name, drift) -> assertThat(plan.out())
                .as(drift.getKey())
                .containsPattern("(?s)" + name + "\\b[^\\n]*\\n(?:    [^\\n]*\\n)*?    [^\\n]*" + drift.getValue()));
        Story.expect(0, story.apply());
        Story.expect(0, story.run("plan", "--detailed-exitcode"));
        Story.expect(0, story.apply());
        assertThat(story.writes()).isEmpty();
    }

    @Test
    void scalingByHandIsLeftAloneWhereTheFileSaysSo() {
        story.repo().app("web", "ignore_drift: [replicas]", "deploy: { replicas: 1 }");
        story.applied("Add web");
        swarm.docker("service", "scale", "-d", "web=2");

        Story.expect(0, story.apply());
        assertThat(story.writes()).isEmpty();

        story.repo().app("web", "ignore_drift: [replicas]", "deploy: { replicas: 1 }", "environment: { A: b }");
        story.applied("Another change");
        assertThat(story.inspect("web", "{{.Spec.Mode.Replicated.Replicas}}")).isEqualTo("2");
    }

    @Test
    void driftThatTouchesDataIsHeldAndOtherDriftIsPutBack() {
        for (var name : List.of("mounts", "lock", "label")) {
            story.repo().app(name, Apps.volume(name + "-data"));
        }
        story.applied("Add them");
        swarm.docker("service", "update", "-d", "--mount-add=type=volume,src=rescue,dst=/rescue", "mounts");
        var node = swarm.docker("node", "inspect", "self", "--format={{.ID}}");
        swarm.docker("service", "update", "-d", "--constraint-rm=node.id==" + node, "lock");
        swarm.docker("service", "update", "-d", "--label-add=x=y", "label");

        var applied = Story.expect(3, story.apply());
        assertThat(applied.out())
                .contains("drift-moves-data")
                .contains("mounts")
                .contains("lock");
        assertThat(story.inspect("mounts", "{{json .Spec.TaskTemplate.ContainerSpec.Mounts}}"))
                .as("what somebody rescues is not taken away")
                .contains("rescue");
        assertThat(story.inspect("label", "{{json .Spec.Labels}}")).doesNotContain("\"x\"");
        assertThat(story.run("status", "-o", "json").out()).contains("drift-moves-data");

        story.repo().remove("apps/mounts.yaml");
        story.repo().push("Remove mounts");
        story.apply();
        assertThat(story.run("orphans").out())
                .as("the rescued volume is remembered")
                .contains("rescue", "mounts-data");
    }

    @Test
    void aPausedAppIsLeftAlone() {
        story.repo().app("web");
        story.applied("Add web");
        swarm.docker(
                "service", "update", "-d", "--label-add=dev.holdfast.pause=looking into it", "--env-add=X=1", "web");

        var held = Story.expect(3, story.apply());
        assertThat(held.out()).contains("paused", "looking into it");
        assertThat(story.writes()).isEmpty();

        swarm.docker("service", "update", "-d", "--label-rm=dev.holdfast.pause", "web");
        Story.expect(0, story.apply());
        assertThat(story.inspect("web", "{{.Spec.TaskTemplate.ContainerSpec.Env}}"))
                .isEqualTo("[]");
    }
}
