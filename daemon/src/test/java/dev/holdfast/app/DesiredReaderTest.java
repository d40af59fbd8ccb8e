package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What the reader promises about whole repositories.
class DesiredReaderTest {

    private static final String DB = """
        name: db
        image: postgres:17
        environment:
          POSTGRES_PASSWORD_FILE: /run/secrets/db-password
        secrets: [db-password]
        networks: [backend]
        healthcheck:
          test: ["CMD", "pg_isready", "-U", "postgres"]
          interval: 10s
        persistent:
          node: worker-1
          directories:
            - volume: db-data
              target: /var/lib/postgresql/data
            - host: /srv/db/backups
              target: /backups
              read_only: false
            - media:/srv/media
            - /srv/import:/import:ro
        """;
    private static final String HOLDFAST = """
        cluster: production
        networks:
          backend: { encrypted: true }
        volumes:
          media: { driver: local, driver_opts: {type: nfs, o: "addr=nas,rw", device: ":/media"}, shared: true }
        secrets:
          db-password: { file: secrets/db }
        defaults:
          networks: [backend]
          logging: { driver: local }
        vars: { DOMAIN: example.org, REPLICAS: 3 }
        brakes:
          max_removals: 40%
          allow_removals: [old-a, old-b]
        """;

    private static Desired read(String... pathsAndTexts) {
        return DesiredReader.read(FilesInMemory.of(pathsAndTexts));
    }

    private static List<String> messages(Desired desired) {
        return desired.problems().stream().map(Problem::toString).toList();
    }

    private static App app(String text) {
        var desired =
                read("holdfast.yaml", HOLDFAST.replace("file: secrets/db", "external: true"), "apps/a.yaml", text);
        assertThat(messages(desired)).isEmpty();
        return desired.apps().getFirst().app();
    }

    @Test
    void the_example_of_the_product_page_is_understood() {
        var desired = read("holdfast.yaml", HOLDFAST, "apps/db.yaml", DB, "secrets/db", "x");
        assertThat(messages(desired)).isEmpty();
        assertThat(desired.usable()).isTrue();
        assertThat(desired.complete()).isTrue();
        assertThat(desired.contents()).containsOnlyKeys("secrets/db");
        var db = desired.apps().getFirst().app();
        assertThat(db.directories())
                .containsExactly(
                        new Directory("db-data", null, "/var/lib/postgresql/data", false),
                        new Directory(null, "/srv/db/backups", "/backups", false),
                        new Directory("media", null, "/srv/media", false),
                        new Directory(null, "/srv/import", "/import", true));
        assertThat(db.logging()).isEqualTo(new Logging("local", Map.of()));
        assertThat(db.networks()).isEqualTo(Map.of("backend", NetworkAttachment.PLAIN));
        assertThat(db.deploy()).isEqualTo(Deploy.DEFAULT);
        assertThat(desired.repository().brakes()).isEqualTo(new Repository.Brakes(40, List.of("old-a", "old-b")));
    }

    @Test
    void variables_are_filled_in_before_types_are_asked_for() {
        var app = app("{name: a, image: \"nginx:${TAG:-1}\", deploy: {replicas: \"${REPLICAS}\"}, hostname:"
                + " \"$$x.${DOMAIN}\"}");
        assertThat(app.deploy().replicas()).isEqualTo(3);
        assertThat(app.hostname()).isEqualTo("$x.example.org");
        assertThat(app.image()).isEqualTo("nginx:1");
    }
}
