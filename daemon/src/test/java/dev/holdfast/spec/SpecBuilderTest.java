package dev.holdfast.spec;

import static dev.holdfast.spec.AppMaker.app;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.app.Deploy;
import dev.holdfast.app.Directory;
import dev.holdfast.app.FileReference;
import dev.holdfast.app.Healthcheck;
import dev.holdfast.app.HostPath;
import dev.holdfast.app.NetworkAttachment;
import dev.holdfast.app.Port;
import dev.holdfast.app.Tmpfs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecBuilderTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void thePlainestAppIsThisSpec() {
        assertThat(spec(app -> {})).isEqualTo(json("""
            {"Name": "web",
             "Labels": {"com.docker.stack.image": "nginx:1.27", "com.docker.stack.namespace": "production",
               "dev.holdfast.app": "web", "dev.holdfast.cluster": "production", "dev.holdfast.commit": "c0ffee"},
             "TaskTemplate": {
               "ContainerSpec": {"Image": "nginx:1.27", "Labels": {"com.docker.stack.namespace": "production"}},
               "RestartPolicy": {"Condition": "any", "MaxAttempts": 0},
               "Placement": {}},
             "Mode": {"Replicated": {"Replicas": 1}},
             "UpdateConfig": {"Parallelism": 1, "FailureAction": "rollback", "Monitor": 10000000000,
               "MaxFailureRatio": 0.0, "Order": "start-first"},
             "RollbackConfig": {"Parallelism": 1, "FailureAction": "pause", "Monitor": 10000000000,
               "MaxFailureRatio": 0.0, "Order": "start-first"},
             "EndpointSpec": {"Mode": "vip"}}
            """));
    }

    @Test
    void anAppThatOwnsDataIsLockedAndNeverRunsTwice() {
        var spec = spec(app -> {
            app.directories =
                    List.of(new Directory("media", null, "/media", false), new Directory(null, "/srv/x", "/x", false));
            app.placement = new Deploy.Placement(List.of("node.role==worker"), List.of(), null);
        });

        assertThat(spec.at("/TaskTemplate/Placement")).isEqualTo(json("""
            {"Constraints": ["node.role==worker", "node.id==node-1"], "MaxReplicas": 1}\
            """));
        assertThat(spec.at("/UpdateConfig/Order").asText()).isEqualTo("stop-first");
        assertThat(spec.at("/UpdateConfig/FailureAction").asText()).isEqualTo("pause");
        assertThat(spec.at("/RollbackConfig/Order").asText()).isEqualTo("stop-first");
        assertThat(spec.path("Labels").path("dev.holdfast.claims").asText())
                .isEqualTo("bind:/srv/x=/x,volume:media=/media");
        assertThat(spec.at("/TaskTemplate/ContainerSpec/Mounts")).isEqualTo(json("""
            [{"Type": "volume", "Source": "media", "Target": "/media",
              "VolumeOptions": {"Labels": {"dev.holdfast.cluster": "production", "tier": "slow"},
                "DriverConfig": {"Name": "local", "Options": {"device": ":/media", "type": "nfs"}}}},
             {"Type": "bind", "Source": "/srv/x", "Target": "/x"}]\
            """));
    }

    @Test
    void whatAnAppOnlyLooksAtIsReadOnlyAndNoClaim() {
        var spec = spec(app -> {
            app.hostPaths = List.of(new HostPath("/var/run/docker.sock", "/sock"));
            app.tmpfs = List.of(new Tmpfs("/cache", 1024L, 01777));
        });

        assertThat(spec.path("Labels").has("dev.holdfast.claims")).isFalse();
        assertThat(spec.at("/TaskTemplate/ContainerSpec/Mounts")).isEqualTo(json("""
            [{"Type": "tmpfs", "Target": "/cache", "TmpfsOptions": {"SizeBytes": 1024, "Mode": 1023}},
             {"Type": "bind", "Source": "/var/run/docker.sock", "Target": "/sock", "ReadOnly": true}]\
            """));
    }

    @Test
    void hostPortsAreGivenUpBeforeTheyAreTakenAgain() {
        var spec =
                spec(app -> app.ports = List.of(new Port(53, 53, "udp", "host"), new Port(80, null, "tcp", "ingress")));

        assertThat(spec.at("/UpdateConfig/Order").asText()).isEqualTo("stop-first");
        assertThat(spec.at("/UpdateConfig/FailureAction").asText()).isEqualTo("rollback");
        assertThat(spec.path("EndpointSpec")).isEqualTo(json("""
            {"Mode": "vip", "Ports": [
              {"Protocol": "tcp", "TargetPort": 80, "PublishMode": "ingress"},
              {"Protocol": "udp", "TargetPort": 53, "PublishedPort": 53, "PublishMode": "host"}]}\
            """));
    }

    @Test
    void anAppIsFoundByItsNameInEveryNetworkButThePredefinedOnes() {
        var spec = spec(app -> app.networks = Map.of(
                "back2",
                new NetworkAttachment(List.of("www", "api"), Map.of()),
                "host",
                new NetworkAttachment(List.of("ignored"), Map.of())));

        assertThat(spec.at("/TaskTemplate/Networks")).isEqualTo(json("""
            [{"Target": "host"}, {"Target": "prod", "Aliases": ["api", "web", "www"]}]\
            """));
    }

    @Test
    void secretsAndConfigsAreNamedAndLeaveTheIdToTheSender() {
        var spec = spec(app -> {
            app.secrets = List.of(new FileReference("password", null, null, null, null));
            app.configs = List.of(new FileReference("conf", "/etc/a", "33", "44", 0400));
        });

        assertThat(spec.at("/TaskTemplate/ContainerSpec/Secrets")).isEqualTo(json("""
            [{"File": {"Name": "password", "UID": "0", "GID": "0", "Mode": 292},
              "SecretID": "", "SecretName": "password-0123456789ab"}]\
            """));
        assertThat(spec.at("/TaskTemplate/ContainerSpec/Configs")).isEqualTo(json("""
            [{"File": {"Name": "/etc/a", "UID": "33", "GID": "44", "Mode": 256},
              "ConfigID": "", "ConfigName": "conf-0123456789ab"}]\
            """));
    }

    @Test
    void capabilitiesAreSpeltOneWayAndAllSwallowsTheRest() {
        var spec = spec(app -> {
            app.capAdd = List.of("net_admin", "CAP_CHOWN", "NET_ADMIN");
            app.capDrop = List.of("kill", "all");
        });

        var container = spec.at("/TaskTemplate/ContainerSpec");
        assertThat(Specs.strings(container.path("CapabilityAdd"))).containsExactly("CAP_CHOWN", "CAP_NET_ADMIN");
        assertThat(Specs.strings(container.path("CapabilityDrop"))).containsExactly("ALL");
    }

    @ParameterizedTest
    @CsvSource({
        "no,none,0",
        "always,any,0",
        "unless-stopped,any,0",
        "on-failure,on-failure,0",
        "on-failure:3,on-failure,3"
    })
    void restartIsReadAsStackDeployReadsIt(String restart, String condition, int attempts) {
        var policy = spec(app -> app.restart = restart).at("/TaskTemplate/RestartPolicy");

        assertThat(policy.path("Condition").asText()).isEqualTo(condition);
        assertThat(policy.path("MaxAttempts").asInt()).isEqualTo(attempts);
    }

    @Test
    void aRestartPolicyOfTheDeploySectionWinsOverRestart() {
        var spec = spec(app -> {
            app.restart = "no";
            app.restartPolicy = new Deploy.RestartPolicy(null, Duration.ZERO, null, null);
        });

        assertThat(spec.at("/TaskTemplate/RestartPolicy")).isEqualTo(json("""
            {"Condition": "any", "Delay": 0, "MaxAttempts": 0}\
            """));
    }

    @Test
    void whatAnEngineIsTooOldForIsLeftOutAndSaid() {
        var second = Duration.ofSeconds(1);
        var app = app(maker ->
                maker.healthcheck = new Healthcheck(List.of("CMD", "true"), second, null, null, null, second, false));

        var old = SpecBuilder.build(app, Contexts.of(app, Contexts.OLD, app.image()));
        var now = SpecBuilder.build(app, Contexts.of(app, Contexts.NEW, app.image()));

        assertThat(old.spec().at("/TaskTemplate/ContainerSpec/Healthcheck").has("StartInterval"))
                .isFalse();
        assertThat(old.notSupported())
                .singleElement()
                .asString()
                .contains("healthcheck.start_interval", "1.44", "1.41");
        assertThat(now.spec()
                        .at("/TaskTemplate/ContainerSpec/Healthcheck/StartInterval")
                        .asLong())
                .isEqualTo(second.toNanos());
        assertThat(now.notSupported()).isEmpty();
    }

    @Test
    void twoMountsAtOneTargetAreLeftForTheEngineToRefuse() {
        var spec = spec(app -> {
            app.directories = List.of(new Directory("db", null, "/data", false));
            app.tmpfs = List.of(new Tmpfs("/data", null, null));
        });

        assertThat(spec.at("/TaskTemplate/ContainerSpec/Mounts")).hasSize(2);
    }

    private static JsonNode spec(Consumer<AppMaker> settings) {
        return json(Contexts.spec(app(settings)).toString());
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
