package dev.holdfast.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.app.Deploy;
import dev.holdfast.app.Directory;
import dev.holdfast.app.ExtraHost;
import dev.holdfast.app.FileReference;
import dev.holdfast.app.Healthcheck;
import dev.holdfast.app.HostPath;
import dev.holdfast.app.NetworkAttachment;
import dev.holdfast.app.Port;
import dev.holdfast.app.Repository;
import dev.holdfast.app.Ulimit;
import dev.holdfast.spec.AppMaker;
import dev.holdfast.yaml.Placeholder;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Files as a person would write them.
class FileTextTest {

    @Test
    void whatHoldsAnywayIsNotWritten() {
        assertThat(FileText.of(AppMaker.app(m -> {}), Map.of())).isEqualTo("""
            name: web
            image: nginx:1.27
            """);
    }

    @Test
    void shortFormsAreUsedWherePeopleUseThem() {
        var app = AppMaker.app(m -> {
            m.name = "db";
            m.image = "postgres:17";
            m.command = List.of("postgres", "-c", "shared_buffers=1GB");
            m.environment = new LinkedHashMap<>();
            m.environment.put("POSTGRES_PASSWORD_FILE", "/run/secrets/db-password");
            m.environment.put("DEBUG", "yes");
            m.environment.put("PORT", "5432");
            m.environment.put("URL", "http://a:80/?q=1 # no comment");
            m.networks = Map.of("backend", NetworkAttachment.PLAIN);
            m.ports = List.of(
                    new Port(80, 8080, "tcp", "ingress"),
                    new Port(30000, 30000, "udp", "ingress"),
                    new Port(30001, 30001, "udp", "ingress"),
                    new Port(30002, 30002, "udp", "ingress"),
                    new Port(9, null, "tcp", "ingress"),
                    new Port(53, 53, "udp", "host"));
            m.healthcheck = new Healthcheck(
                    List.of("CMD-SHELL", "pg_isready -U $USER"), Duration.ofSeconds(90), null, 3, null, null, false);
            m.user = "1000:1000";
            m.extraHosts = List.of(new ExtraHost("a", "10.0.0.1"), new ExtraHost("b", "::1"));
            m.capAdd = List.of("CAP_NET_ADMIN");
            m.ulimits = Map.of("nofile", new Ulimit(1024, 1024));
            m.replicas = 0;
            m.resources = new Deploy.Resources(new Deploy.Limits(new BigDecimal("0.50"), 512L << 20, null), null);
            m.secrets = List.of(
                    new FileReference("db-password", null, null, null, null),
                    new FileReference("key", "tls.key", "33", null, 0400));
            m.hostPaths = List.of(new HostPath("/var/run/docker.sock", "/var/run/docker.sock"));
            m.directories = List.of(
                    new Directory("db-data", null, "/var/lib/postgresql/data", false),
                    new Directory(null, "/srv/import", "/import", true));
        });
        assertThat(FileText.of(app, Map.of())).isEqualTo("""
            name: db
            image: postgres:17
            command: [postgres, -c, shared_buffers=1GB]
            environment:
              POSTGRES_PASSWORD_FILE: /run/secrets/db-password
              DEBUG: "yes"
              PORT: "5432"
              URL: "http://a:80/?q=1 # no comment"
            networks: [backend]
            ports:
              - "8080:80"
              - "30000-30002:30000-30002/udp"
              - "9"
              - {target: 53, published: 53, protocol: udp, mode: host}
            healthcheck:
              test: pg_isready -U $$USER
              interval: 1m30s
              retries: 3
            user: "1000:1000"
            extra_hosts:
              - a:10.0.0.1
              - b=::1
            cap_add: [NET_ADMIN]
            ulimits:
              nofile: 1024
            deploy:
              replicas: 0
              resources:
                limits:
                  cpus: "0.50"
                  memory: 512m
            secrets:
              - db-password
              - {source: key, target: tls.key, uid: "33", mode: 0400}
            host_paths: [/var/run/docker.sock]
            persistent:
              directories:
                - db-data:/var/lib/postgresql/data
                - /srv/import:/import:ro
            """);
    }

    @Test
    void variablesStayVariablesAndADollarIsDoubled() {
        var app = AppMaker.app(m -> {
            m.image = "app:" + Placeholder.of("VERSION");
            m.environment = Map.of("A", "$5 for " + Placeholder.of("WHO") + " ${NOT}");
        });
        assertThat(FileText.of(app, Map.of())).isEqualTo("""
            name: web
            image: app:${VERSION}
            environment:
              A: $$5 for ${WHO} $${NOT}
            """);
    }

    @Test
    void longTextsHaveLinesOfTheirOwn() {
        var app = AppMaker.app(m -> {
            m.command = List.of("sh", "-c", "echo a\necho \"b\"\n");
            m.environment = Map.of("A", "x\n\ttab", "B", " \n");
        });
        var text = FileText.of(app, Map.of());
        assertThat(text).contains("""
            command:
              - sh
              - -c
              - |
                echo a
                echo "b"
            """);
        assertThat(FileTextPropertiesTest.read(text)).isEqualTo(app);
    }

    @Test
    void commentsStandBeforeWhatTheyAreAbout() {
        var app = AppMaker.app(m -> {
            m.replicas = 3;
            m.directories = List.of(new Directory("db-data", null, "/data", false));
        });
        var comments = Map.of(
                "", List.of("from compose.yaml", "", "by hand"),
                "deploy.replicas", List.of("one of these:", "- 1"),
                "persistent.directories", List.of("the data"));
        assertThat(FileText.of(app, comments)).isEqualTo("""
            # from compose.yaml
            #
            # by hand
            name: web
            image: nginx:1.27
            deploy:
              # one of these:
              # - 1
              replicas: 3
            persistent:
              # the data
              directories: ["db-data:/data"]
            """);
    }

    @Test
    void holdfastYamlHasOnlyWhatIsAdded() {
        var repository = new Repository(
                "default",
                Map.of(
                        "shop_default",
                        new Repository.Network(null, true, null, Map.of(), false, false, false, Map.of(), null, null)),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of("DOMAIN", "example.org"),
                Map.of(),
                Repository.Brakes.DEFAULT,
                Repository.SurveySettings.DEFAULT,
                Repository.OrphanSettings.DEFAULT);
        assertThat(FileText.of(repository, Map.of())).isEqualTo("""
            networks:
              shop_default:
                external: true
            vars:
              DOMAIN: example.org
            """);
    }
}
