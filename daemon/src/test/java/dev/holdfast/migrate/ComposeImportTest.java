package dev.holdfast.migrate;

import static dev.holdfast.migrate.LiveImportPropertiesTest.files;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.app.Desired;
import dev.holdfast.app.DesiredReader;
import dev.holdfast.app.FilesInMemory;
import dev.holdfast.yaml.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Services of a stack as app files.
class ComposeImportTest {

    private static final String ENV = "TAG=1.27\nDB_PW=hunter22\nPORT=8080\nUNUSED=x\n";

    private static Imported imported(String services, boolean fresh) {
        var source = FilesInMemory.of(
                "shop/compose.yaml", services, "shop/.env", ENV, "shop/nginx.conf", "server {}", "shop/pw.txt", "x");
        return ComposeImport.of(source, new ComposeImport.Options("shop", List.of("shop/compose.yaml"), null, fresh));
    }

    private static List<String> notes(Imported imported) {
        return imported.notes().stream()
                .map(Imported.Note::toString)
                .filter(note -> !note.contains("Holdfast's defaults count"))
                .toList();
    }

    @Test
    void aServiceIsCalledAsItRunsAndKeepsItsVariables() {
        var imported = imported("""
            services:
              web:
                image: nginx:${TAG}
                command: serve --port ${PORT} --cost $$5
                ports: ["${PORT}:80", "53:53/udp"]
                environment:
                  URL: http://u:${DB_PW}@db/
                  LEVEL: ${LEVEL:-info}
                depends_on: [db]
                deploy: { replicas: 2, update_config: { delay: 5s }, labels: [traefik.enable=true] }
                secrets: [pw]
              db:
                image: postgres:17
                environment: ["POSTGRES_PASSWORD=${DB_PW}", "API_TOKEN=abc123def"]
                networks: { back: { aliases: [pg] }, default: {} }
                volumes: ["data:/var/lib/postgresql/data", "/srv/in:/in:ro", "/etc/hosts:/h:ro"]
            networks: { back: {} }
            volumes: { data: {} }
            secrets: { pw: { file: pw.txt } }
            """, false);
        assertThat(imported.apps().get("shop_web")).isEqualTo("""
            name: shop_web
            image: nginx:${SHOP_TAG}
            command: [serve, --port, "${SHOP_PORT}", --cost, $$5]
            environment:
              LEVEL: info
              URL: http://u:${SHOP_DB_PW}@db/
            networks:
              shop_default:
                aliases: [web]
            ports:
              - "53:53/udp"
              - "8080:80"
            deploy:
              replicas: 2
              labels:
                traefik.enable: "true"
              update_config:
                delay: 5s
            secrets:
              - {source: shop_pw, target: pw}
            depends_on: [shop_db]
            # counts once; remove the line when it has worked
            adopt: true
            """);
        assertThat(imported.apps().get("shop_db"))
                .contains("POSTGRES_PASSWORD: ${SHOP_DB_PW}", "API_TOKEN: ${SHOP_DB_API_TOKEN}")
                .contains("aliases: [pg, db]", "directories: [\"shop_data:/var/lib/postgresql/data\"]")
                .contains("host_paths:\n  - /etc/hosts:/h\n  - /srv/in:/in\n")
                .doesNotContain("hunter22", "abc123def");
        assertThat(imported.wanted()).containsOnlyKeys("SHOP_DB_PW", "SHOP_DB_API_TOKEN");
        assertThat(imported.additions().vars()).containsOnlyKeys("SHOP_TAG", "SHOP_PORT");
        assertThat(imported.additions().networks().values()).hasSize(2).allMatch(network -> network.external());
        assertThat(imported.additions().secrets().get("shop_pw").external()).isTrue();
        assertThat(notes(imported)).isEmpty();
        assertThat(files(imported).open()).isEmpty();
    }

    @Test
    void aFileBesideTheComposeFileBecomesAConfigAndAFolderIsLeftToAPerson() {
        var imported = imported("""
            services:
              web:
                image: nginx
                volumes: ["./nginx.conf:/etc/nginx/nginx.conf:ro", "./site:/www"]
            """, false);
        assertThat(imported.apps().get("shop_web"))
                .contains("- {source: shop_web-nginx.conf, target: /etc/nginx/nginx.conf}")
                .contains("# Decide, since ./site lies beside the Compose file, which is on no node. An error until");
        assertThat(imported.files()).containsOnlyKeys("files/shop/nginx.conf");
        assertThat(files(imported).open()).filteredOn(Problem::isError).hasSize(1);
    }

    @Test
    void dataInSeveralInstancesIsLeftToAPerson() {
        var imported = imported("""
            services:
              web: { image: nginx, volumes: ["data:/data"], deploy: { replicas: 3 } }
              agent: { image: nginx, volumes: ["logs:/data"], deploy: { mode: global } }
            volumes: { data: {}, logs: {} }
            """, false);
        assertThat(imported.apps().get("shop_web")).contains("\n# 1. One instance: write replicas: 1 under deploy.\n");
        assertThat(imported.apps().get("shop_agent"))
                .contains("#  each_node: true\n")
                .doesNotContain("ne instance");
        assertThat(files(imported).open()).filteredOn(Problem::isError).hasSize(2);
    }

    @Test
    void nothingIsLeftOutWithoutALine() {
        var imported = imported("""
            services:
              web:
                image: nginx
                privileged: true
                volumes: ["/anon", "/run/docker.sock:/run/docker.sock"]
                environment: [NOT_SET]
                deploy: { labels: { com.docker.stack.image: x } }
                x-mine: 1
            """, false);
        assertThat(notes(imported))
                .anyMatch(note -> note.contains("privileged"))
                .contains(
                        "shop_web: the volume at /anon has no name, dies with its task, and is left out",
                        "shop_web: /run/docker.sock stays writable: take :rw away if the app only looks at it",
                        "shop_web: environment.NOT_SET has no value, and is left out",
                        "shop_web: labels that begin with com.docker.stack. are left out: they are written by whoever"
                                + " deploys",
                        "shop_web: x-mine is left out");
    }

    @Test
    void theWordsOfHoldfastMeanTheSameAsInTheStackFile() {
        var text = """
            services:
              web:
                image: nginx
                volumes: ["up:/up", "cache:/cache", "/mnt/media:/m"]
                x-holdfast: { node: w1, scratch: [cache], shared: [/mnt/media], leave: [old], leave_data_on: w2, timeout: 10m }
              worker:
                image: nginx
                volumes: ["up:/up"]
                x-holdfast: { with: { up: web }, depends_on: [web], adopt: true }
              agent: { image: nginx, volumes: ["logs:/l"], deploy: { mode: global }, x-holdfast: { each_node: true } }
              many: { image: nginx, volumes: ["nas:/n"], deploy: { replicas: 3 }, x-holdfast: { shared: nas } }
              nightly: { image: nginx, x-holdfast: { schedule: "0 2 * * *" } }
              hooked: { image: nginx, x-holdfast: { before: [./migrate, up], after: { command: ./warm, timeout: 1m } } }
              follow: { image: nginx, x-holdfast: { image_policy: follow, ignore_drift: [replicas] } }
            volumes:
              up:
              cache:
              logs:
              old:
              nas: { driver_opts: { type: nfs, o: "addr=nas,rw", device: ":/n" } }
            """;
        var imported = imported(text, true);
        assertThat(notes(imported)).isEmpty();
        assertThat(imported.decisions()).isEmpty();
        assertThat(files(imported).open()).filteredOn(Problem::isError).isEmpty();
        var texts = new TreeMap<String, String>();
        files(imported).files().forEach((path, bytes) -> texts.put(path, new String(bytes, StandardCharsets.UTF_8)));
        var own = words(DesiredReader.read(FilesInMemory.of(texts)));
        assertThat(own).hasSize(7).isEqualTo(words(DesiredReader.read(FilesInMemory.of("stacks/shop.yaml", text))));
    }

    private static Map<String, List<Object>> words(Desired desired) {
        var words = new TreeMap<String, List<Object>>();
        desired.apps().stream()
                .map(Desired.DeclaredApp::app)
                .forEach(app -> words.put(
                        app.name(),
                        List.of(
                                Optional.ofNullable(app.persistent()),
                                app.scratch(),
                                app.dependsOn(),
                                Optional.ofNullable(app.schedule()),
                                Optional.ofNullable(app.before()),
                                Optional.ofNullable(app.after()),
                                app.timeout(),
                                app.imagePolicy(),
                                app.ignoreDrift(),
                                app.adopt())));
        return words;
    }

    @Test
    void anEncryptedSecretIsCopiedAsItIs() {
        var sops = "password: ENC[AES256_GCM,data:x]\nsops:\n  mac: ENC[AES256_GCM,data:x]\n";
        var source = FilesInMemory.of("shop/compose.yaml", """
            services: { web: { image: nginx, secrets: [pw] } }
            secrets: { pw: { file: pw.yaml, x-holdfast: { key: password } } }
            """, "shop/pw.yaml", sops);
        var imported =
                ComposeImport.of(source, new ComposeImport.Options("shop", List.of("shop/compose.yaml"), null, true));
        var secret = imported.additions().secrets().get("shop_pw");
        assertThat(secret.sops()).isEqualTo("files/shop/pw.yaml");
        assertThat(secret.key()).isEqualTo("password");
        assertThat(imported.files()).containsOnlyKeys("files/shop/pw.yaml");
        assertThat(notes(imported)).isEmpty();
    }

    @Test
    void aNewStackHasItsNetworksMadeAndAdoptsNothing() {
        var imported = imported("""
            services:
              web: { image: nginx, configs: [c], secrets: [pw], networks: [back, out] }
            networks: { back: { driver_opts: { encrypted: "" } }, out: { external: true } }
            configs: { c: { file: nginx.conf } }
            secrets: { pw: { file: pw.txt } }
            """, true);
        assertThat(imported.apps().get("shop_web")).doesNotContain("adopt");
        assertThat(imported.additions().networks().get("shop_back").external()).isFalse();
        assertThat(imported.additions().networks().get("out").external()).isTrue();
        assertThat(imported.additions().configs().get("shop_c").file()).isEqualTo("files/shop/nginx.conf");
        assertThat(imported.files()).containsOnlyKeys("files/shop/nginx.conf");
        assertThat(notes(imported))
                .containsExactly(
                        "shop_pw: a secret is not copied: put shop/pw.txt at files/shop/pw.txt, or make it external");
    }

    @Test
    void whatTheClientRefusesIsRefused() {
        assertThatThrownBy(() -> imported("services: { a: { image: b, scale: 2 } }\n", false))
                .isInstanceOf(NotImportable.class)
                .hasMessageContaining("shop/compose.yaml:1:");
    }
}
