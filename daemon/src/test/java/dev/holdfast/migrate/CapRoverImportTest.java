package dev.holdfast.migrate;

import static dev.holdfast.migrate.LiveImportPropertiesTest.files;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.yaml.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Templates are read as CapRover reads them, which is not as they look.
class CapRoverImportTest {

    private static final String VARIABLES = """
        caproverOneClickApp:
            variables:
                - id: $$cap_version
                  label: Version
                  defaultValue: '17'
                - id: $$cap_pg_pass
                  label: Password of the database
                  defaultValue: $$cap_gen_random_hex(16)
                - id: $$cap_pg_pass_hint
                  defaultValue: costs 5$
                - id: $$cap_mail
                  label: Where mail goes
        """;

    private static Imported imported(String services, boolean traefik, Map<String, String> set) {
        var text = "captainVersion: 4\nservices:\n" + services.indent(4) + VARIABLES;
        return CapRoverImport.of(
                "pg.yml",
                text.getBytes(StandardCharsets.UTF_8),
                new CapRoverImport.Options("pg", set, "caprover", traefik));
    }

    private static Imported imported(String services) {
        return imported(services, false, Map.of());
    }

    private static List<String> notes(Imported imported) {
        return imported.notes().stream().map(Imported.Note::toString).toList();
    }

    @Test
    void variablesAreFilledInButNeverSecrets() {
        var imported = imported("""
            $$cap_appname-db:
                image: postgres:$$cap_version
                restart: always
                environment:
                    POSTGRES_PASSWORD: $$cap_pg_pass
                    HINT: $$cap_pg_pass_hint
                    MAIL: $$cap_mail
                    FIXED_TOKEN: abc123def
                    ALLOW_EMPTY_PASSWORD: yes
                volumes:
                    - $$cap_appname-data:/var/lib/postgresql/data
                caproverExtra:
                    notExposeAsWebApp: 'true'
            $$cap_appname:
                image: web
                depends_on: [$$cap_appname-db]
                environment:
                    URL: postgres://u:$$cap_pg_pass@srv-captain--$$cap_appname-db/x?a=$b
                    OTHER: srv-captain--elsewhere
            """);
        assertThat(imported.apps().get("pg-db")).isEqualTo("""
            # From CapRover's one-click app pg.yml.
            name: pg-db
            image: postgres:17
            environment:
              POSTGRES_PASSWORD: ${PG_PASS}
              HINT: ${PG_PASS_HINT}
              MAIL: ${PG_MAIL}
              FIXED_TOKEN: ${PG_DB_FIXED_TOKEN}
              ALLOW_EMPTY_PASSWORD: "yes"
            networks: [caprover]
            persistent:
              directories: ["pg-data:/var/lib/postgresql/data"]
            """);
        assertThat(imported.apps().get("pg"))
                .contains("URL: postgres://u:${PG_PASS}@pg-db/x?a=$$b", "OTHER: elsewhere", "depends_on: [pg-db]");
        assertThat(imported.wanted())
                .containsEntry("PG_PASS", new Imported.Wanted(true, "a secret: Password of the database"))
                .containsEntry("PG_MAIL", new Imported.Wanted(false, "Where mail goes"))
                .containsKey("PG_DB_FIXED_TOKEN")
                .doesNotContainKey("ROOT_DOMAIN");
        assertThat(notes(imported))
                .containsExactlyInAnyOrder(
                        "pg: expects an app elsewhere, which is not in this template",
                        "pg: CapRover leads http://pg.ROOT_DOMAIN to its port 80; here something else has to"
                                + " (--ingress traefik writes labels)");
        assertThat(files(imported).open()).isEmpty();
    }

    @Test
    void theCommandIsTheEntrypointAndPortsHaveBothProtocols() {
        var imported = imported("""
            $$cap_appname:
                image: a
                command: sh -c "run  it" 'and more'
                ports: ["53:53", "80", "1-3:1-3/tcp"]
                cap_add: [net_admin]
                hostname: here
                caproverExtra: { notExposeAsWebApp: true }
            """);
        assertThat(imported.apps().get("pg"))
                .contains("entrypoint: [sh, -c, run  it, and more]")
                .doesNotContain("command:")
                .contains("""
                    ports:
                      - "53:53"
                      - "53:53/udp"
                      - "1-3:1-3"
                    """)
                .contains("hostname: here", "cap_add: [net_admin]");
        assertThat(notes(imported))
                .containsExactly(
                        "pg: the port 80 is left out: CapRover can only read PUBLISHED:TARGET",
                        "pg: CapRover cannot read the port 1-3:1-3/tcp; the file publishes it as it is meant");
    }

    @Test
    void aDockerfileThatOnlySetsThingsBecomesKeys() {
        var imported = imported("""
            $$cap_appname:
                environment: { B: mine }
                caproverExtra:
                    notExposeAsWebApp: 'true'
                    dockerfileLines:
                        - ARG TAG=7
                        - FROM redis:${TAG}
                        - ENV A=1 B="two words"
                        - USER redis
                        - WORKDIR /data
                        - EXPOSE 6379
                        - ENTRYPOINT ["docker-entrypoint.sh"]
                        - CMD exec redis-server --requirepass "$$cap_pg_pass"
            """);
        assertThat(imported.apps().get("pg")).isEqualTo("""
            # From CapRover's one-click app pg.yml.
            name: pg
            image: redis:7
            command: [/bin/sh, -c, 'exec redis-server --requirepass "${PG_PASS}"']
            entrypoint: [docker-entrypoint.sh]
            environment:
              A: "1"
              B: mine
            networks: [caprover]
            user: redis
            working_dir: /data
            """);
    }

    @Test
    void oneThatBuildsSomethingIsLeftToAPerson() {
        var imported = imported("""
            $$cap_appname:
                caproverExtra:
                    notExposeAsWebApp: 'true'
                    dockerfileLines: ["FROM redis:7", "RUN touch /x"]
            """);
        assertThat(imported.apps().get("pg")).contains("""
            # CapRover builds the image from these lines. Build it, push it, and name it here:
            #   FROM redis:7
            #   RUN touch /x
            image: ""
            """);
        assertThat(files(imported).open()).anyMatch(Problem::isError);
    }

    @Test
    void whatCapRoverIgnoresIsListed() {
        var imported = imported("""
            $$cap_appname:
                image: a
                user: root
                restart: on-failure
                documentation: Taken from elsewhere
                volumes: ["data:/data:ro", "/var/run/docker.sock:/var/run/docker.sock", "/data"]
                environment: ["A=b"]
                caproverExtra: { notExposeAsWebApp: 'true', enableHttp: true }
            """);
        assertThat(notes(imported))
                .containsExactlyInAnyOrder(
                        "pg: CapRover does not understand environment as a list; the file has it as it is meant",
                        "pg: CapRover ignores :ro of the volume data and mounts it writable; so does the file",
                        "pg: /var/run/docker.sock stays writable: take :rw away if the app only looks at it",
                        "pg: the volume /data is left out: it names no source or no target",
                        "pg: CapRover ignores its key user, and it is left out; write it into the file if it is meant",
                        "pg: CapRover ignores its key restart, and it is left out; write it into the file if it is"
                                + " meant",
                        "pg: CapRover ignores caproverExtra.enableHttp, and it is left out");
        assertThat(imported.apps().get("pg"))
                .contains(
                        "host_paths: [\"/var/run/docker.sock:/var/run/docker.sock:rw\"]",
                        "directories: [\"data:/data\"]",
                        "A: b");
    }

    @Test
    void twoWritersOfOneVolumeAreLeftToAPerson() {
        var imported = imported("""
            $$cap_appname:
                image: a
                volumes: ["data:/data"]
            $$cap_appname-worker:
                image: a
                volumes: ["data:/data"]
            """);
        assertThat(imported.apps().get("pg-worker")).contains("""
            # Decide, since pg writes data, too. An error until one of these is taken:
            # 1. Data of pg: this app writes it, too, on that app's node; in place of what is below:
            #persistent:
            #  directories:
            #    - {volume: data, target: /data, with: pg}
            """);
        assertThat(imported.decisions()).hasSize(1);
        assertThat(files(imported).open()).anyMatch(Problem::isError);
    }

    @Test
    void routesBecomeLabelsForTraefik() {
        var services = """
            $$cap_appname:
                image: a
                caproverExtra: { containerHttpPort: '3000' }
            """;
        assertThat(imported(services, true, Map.of("root_domain", "example.org"))
                        .apps()
                        .get("pg"))
                .contains("""
                    deploy:
                      labels:
                        traefik.enable: "true"
                        traefik.http.routers.pg.rule: Host(`pg.example.org`)
                        traefik.http.services.pg.loadbalancer.server.port: "3000"
                    """);
        assertThat(imported(services, true, Map.of()).wanted()).containsKey("ROOT_DOMAIN");
    }

    @Test
    void whatIsNoTemplateIsRefused() {
        var options = new CapRoverImport.Options("x", Map.of(), "caprover", false);
        for (var text : List.of(
                "services: { a: { image: b } }\n",
                "- a\n",
                "",
                "captainVersion: 4\n",
                "a: [\n",
                "captainVersion: 2\nservices: {}\n")) {
            assertThatThrownBy(() -> CapRoverImport.of("x.yml", text.getBytes(StandardCharsets.UTF_8), options))
                    .isInstanceOf(NotImportable.class);
        }
    }

    @Test
    void whatIsDeclaredIsFilledInAndWhatIsNotIsTold() {
        var text = """
            captainVersion: 4
            services:
                $$cap_appname:
                    image: web:$$java_version
                    depends_on: [mysql, $$cap_appname-db]
                    command: [--verbose]
                $$cap_appname-db: { image: postgres:$$db_version }
                $$cap_appname-x: { image: 'x:$$cap_empty' }
            caproverOneClickApp:
                variables:
                    - { id: $$java_version, defaultValue: java17 }
                    - { id: $$cap_empty, defaultValue: '' }
            """.getBytes(StandardCharsets.UTF_8);
        var imported = CapRoverImport.of("pg.yml", text, new CapRoverImport.Options("pg", Map.of(), "caprover", true));
        assertThat(imported.apps().get("pg")).contains("image: web:java17\n", "depends_on: [pg-db]\n");
        assertThat(imported.decisions())
                .extracting(Imported.Decision::toString)
                .containsExactly(
                        "pg-db: its image postgres:$$db_version has a variable that the template does not declare;"
                                + " write it into its file",
                        "pg-x: its image x: has no tag; write it into its file");
        assertThat(notes(imported))
                .containsExactlyInAnyOrder(
                        "pg: command is the entrypoint for CapRover, and --verbose is no program; write it as command"
                                + " if that is meant",
                        "pg: depends_on mysql is left out: it is no app of this template");
        var set = new CapRoverImport.Options("pg", Map.of("java_version", "java8"), "caprover", true);
        assertThat(CapRoverImport.of("pg.yml", text, set).apps().get("pg")).contains("image: web:java8\n");
    }

    @Test
    void theEnvironmentGivesTheArgumentsOfABuild() {
        var imported = imported("""
            $$cap_appname:
                environment: { VERSION: '7', B: c }
                caproverExtra:
                    notExposeAsWebApp: 'true'
                    dockerfileLines: ["ARG VERSION", "FROM redis:$VERSION", "ARG B=x", "ENV A=$B"]
            """);
        assertThat(imported.apps().get("pg")).contains("image: redis:7\n", "A: c\n");
    }
}
