package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.yaml.Problem;
import dev.holdfast.yaml.Source;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the reader promises about whole repositories.
class DesiredReaderTest {

    private static final String OTHERS = "; what is no data goes under scratch instead, and what every node sees says"
            + " shared: true (beside host:, or under volumes in holdfast.yaml)";

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

    private static void assertProblem(Desired desired, String problem) {
        assertThat(messages(desired)).contains(problem);
    }

    @Test
    void an_empty_repository_is_not_usable() {
        assertThat(read().usable()).isFalse();
        assertThat(messages(read()))
                .containsExactly(
                        "apps: there is no app file and no stack file; each app is a file apps/NAME.yaml, or a service"
                                + " of a Compose file stacks/NAME.yaml");
        assertThat(read("holdfast.yaml", "a: [", "apps/a.yaml", "{name: a, image: b}")
                        .usable())
                .isFalse();
    }

    @Test
    void holdfast_yml_is_pointed_out() {
        assertProblem(
                read("holdfast.yml", "", "apps/a.yaml", "{name: a, image: b}"),
                "holdfast.yml: is not read; rename it to holdfast.yaml");
    }

    @Test
    void files_that_are_too_large_or_cannot_be_read_are_problems_of_these_files() {
        var files = FilesInMemory.of("apps/a.yaml", "{name: a, image: b}");
        var source = new Source() {
            @Override
            public java.util.SortedSet<String> paths() {
                return new java.util.TreeSet<>(List.of("apps/a.yaml", "apps/link.yaml"));
            }

            @Override
            public java.util.Optional<byte[]> read(String path) {
                if (path.equals("apps/link.yaml")) {
                    throw new UnreadableFile("is a link that leaves the repository");
                }
                return files.read(path);
            }
        };
        var desired = DesiredReader.read(source);
        assertThat(messages(desired)).containsExactly("apps/link.yaml: is a link that leaves the repository");
        assertThat(desired.complete()).isFalse();
        assertThat(desired.apps()).hasSize(1);
    }

    @Test
    void a_broken_element_of_a_list_does_not_hide_what_is_wrong_with_the_others() {
        assertThat(messages(read(
                        "apps/a.yaml",
                        "{name: a, image: b, persistent: {directories: [data, {host: srv/x, target: /x}]}}")))
                .anySatisfy(message -> assertThat(message).contains("persistent.directories[0]: must be NAME:TARGET"))
                .anySatisfy(message -> assertThat(message).contains("persistent.directories[1].host: must be an abs"));
    }

    @Test
    void one_broken_document_holds_all_apps_of_its_file() {
        var desired = read(
                "apps/a.yaml", "{name: a, image: b}\n---\n{name: b, imag: c}\n", "apps/c.yaml", "{name: c, image: d}");
        assertThat(desired.broken()).containsExactly("a", "b");
        assertThat(desired.apps()).extracting(declared -> declared.app().name()).containsExactly("c");
        assertThat(messages(desired))
                .containsExactly(
                        "apps/a.yaml:3:1: image: is missing",
                        "apps/a.yaml:3:11: imag: unknown key \"imag\"; did you mean \"image\"?");
    }

    @Test
    void a_name_belongs_to_one_app_whatever_its_case() {
        var desired = read("apps/a.yaml", "{name: web, image: b}", "apps/b.yaml", "{name: Web, image: b}");
        assertProblem(desired, "apps/a.yaml:1:8: name: the name is taken by app \"Web\" in apps/b.yaml:1");
        assertThat(desired.broken()).containsExactly("Web", "web");
    }

    @Test
    void a_persistent_app_runs_once() {
        var rest = "name: a\nimage: b\npersistent: {directories: [%s]}\ndeploy: {replicas: 2}\n";
        assertProblem(
                read("apps/a.yaml", rest.formatted("data:/data")),
                "apps/a.yaml:4:20: deploy.replicas: a persistent app runs at most one instance (got \"2\"); write 1,"
                        + " or 0 to stop it" + OTHERS);
        assertThat(read("apps/a.yaml", rest.formatted("data:/data:ro")).problems())
                .isEmpty();
        var shared = "volumes: {data: {driver: nfs, shared: true}}";
        assertThat(read("holdfast.yaml", shared, "apps/a.yaml", rest.formatted("data:/data"))
                        .problems())
                .isEmpty();
    }

    @Test
    void one_volume_has_one_owner() {
        var a = "{name: %s, image: b, persistent: {directories: [data:/data%s]}}";
        var desired = read("apps/a.yaml", a.formatted("a", ""), "apps/b.yaml", a.formatted("b", ""));
        assertProblem(
                desired,
                "apps/b.yaml:1:48: persistent.directories[0]: the volume \"data\" belongs to app \"a\" in"
                        + " apps/a.yaml:1 too; one app owns it, the others may only read it (read_only: true), or say"
                        + " whose it is (with: OWNER)");
        assertThat(desired.broken()).containsExactly("a", "b");
        assertThat(read("apps/a.yaml", a.formatted("a", ""), "apps/b.yaml", a.formatted("b", ":ro"))
                        .problems())
                .isEmpty();
    }

    @Test
    void a_host_path_has_one_owner_with_all_above_and_below_it() {
        var a = "{name: %s, image: b, persistent: {node: %s, directories: [%s:/data]}}";
        assertProblem(
                read("apps/a.yaml", a.formatted("a", "n", "/srv"), "apps/b.yaml", a.formatted("b", "n", "/srv/b")),
                "apps/b.yaml:1:57: persistent.directories[0]: the host path \"/srv/b\" lies in \"/srv\", which belongs"
                    + " to app \"a\" in apps/a.yaml:1; one app owns it, the others may only read it (read_only: true),"
                    + " or say whose it is (with: OWNER); if they are on different nodes, write persistent.node into"
                    + " both");
        assertThat(read("apps/a.yaml", a.formatted("a", "n", "/srv"), "apps/b.yaml", a.formatted("b", "m", "/srv"))
                        .problems())
                .isEmpty();
        assertThat(read("apps/a.yaml", a.formatted("a", "n", "/srv/a"), "apps/b.yaml", a.formatted("b", "n", "/srv/ab"))
                        .problems())
                .isEmpty();
        assertThat(read("apps/a.yaml", a.formatted("a", "n", "/srv/a"), "apps/b.yaml", a.formatted("b", "~", "/srv/a"))
                        .problems())
                .hasSize(2);
    }

    @Test
    void a_local_volume_on_a_host_path_claims_the_path() {
        var desired = read(
                "holdfast.yaml", "volumes: {vol: {driver_opts: {type: none, o: bind, device: /srv/x/}}}",
                "apps/a.yaml", "{name: a, image: b, persistent: {directories: [vol:/v]}}",
                "apps/b.yaml", "{name: b, image: b, persistent: {directories: [/srv/x:/v]}}");
        assertThat(desired.problems()).hasSize(2);
    }

    @Test
    void a_published_port_belongs_to_one_app_but_host_ports_may_meet() {
        var a = "{name: %s, image: b, ports: [{target: 80, published: 80, mode: %s}]}";
        assertProblem(
                read("apps/a.yaml", a.formatted("a", "ingress"), "apps/b.yaml", a.formatted("b", "host")),
                "apps/b.yaml:1:29: ports[0]: the port 80/tcp is taken by app \"a\" in apps/a.yaml:1");
        assertThat(read("apps/a.yaml", a.formatted("a", "host"), "apps/b.yaml", a.formatted("b", "host"))
                        .problems())
                .isEmpty();
    }

    @Test
    void dependencies_are_there_and_never_lead_back() {
        var desired = read(
                "apps/a.yaml", "{name: a, image: b, depends_on: [b]}",
                "apps/b.yaml", "{name: b, image: b, depends_on: [c]}",
                "apps/c.yaml", "{name: c, image: b, depends_on: [a, redis, c]}");
        assertThat(messages(desired))
                .contains(
                        "apps/a.yaml:1:33: depends_on: the apps wait for each other: a → b → c → a",
                        "apps/c.yaml:1:37: depends_on[1]: there is no app \"redis\"",
                        "apps/c.yaml:1:44: depends_on[2]: an app cannot depend on itself");
    }

    @Test
    void an_acknowledgement_that_no_longer_fits_is_an_error() {
        assertThat(messages(read(
                        "apps/a.yaml",
                        "{name: a, image: b, persistent: {node: n, directories: [vv:/v], leave: [vv],"
                                + " leave_data_on: n}}")))
                .containsExactly(
                        "apps/a.yaml:1:73: persistent.leave[0]: \"vv\" is declared under directories; remove the line",
                        "apps/a.yaml:1:93: persistent.leave_data_on: \"n\" is the node of this app now; remove the"
                                + " line");
    }

    @Test
    void defaults_are_merged_and_can_be_taken_away() {
        var defaults = "defaults: {environment: [A=1, B=2], logging: {driver: local}, deploy: {labels: {x: y}}}";
        var app = read(
                        "holdfast.yaml",
                        defaults,
                        "apps/a.yaml",
                        "{name: a, image: b, environment: {B: 3}, logging: , deploy: {replicas: 2}}")
                .apps()
                .getFirst()
                .app();
        assertThat(app.environment()).isEqualTo(Map.of("A", "1", "B", "3"));
        assertThat(app.logging()).isNull();
        assertThat(app.deploy().labels()).isEqualTo(Map.of("x", "y"));
    }

    @Test
    void a_mistake_in_defaults_is_reported_once_and_where_it_is() {
        var desired = read(
                "holdfast.yaml",
                "defaults: {tty: 3}",
                "apps/a.yaml",
                "{name: a, image: b}",
                "apps/b.yaml",
                "{name: b, image: b}");
        assertThat(messages(desired))
                .containsExactly("holdfast.yaml:1:17: tty: must be true or false, without quotes (got \"3\")");
        assertThat(desired.usable()).isFalse();
    }

    @Test
    void what_of_the_defaults_does_not_fit_one_app_is_its_error_and_named_where_it_stands() {
        var desired = read(
                "holdfast.yaml",
                "cluster: here\ndefaults:\n  deploy: {replicas: 2}\n",
                "apps/a.yaml",
                "{name: a, image: b}",
                "apps/b.yaml",
                "{name: b, image: b, persistent: {directories: ['b-data:/data']}}",
                "apps/c.yaml",
                "{name: c, image: b, persistent: {directories: ['c-data:/data']}}");
        var said = "a persistent app runs at most one instance (got \"2\"); write 1, or 0 to stop it" + OTHERS;
        assertThat(messages(desired))
                .containsExactly(
                        "holdfast.yaml:3:22: defaults.deploy.replicas: does not fit every app that gets it: " + said,
                        "apps/b.yaml:1:1: deploy.replicas: " + said + " (follows from holdfast.yaml:3:22)",
                        "apps/c.yaml:1:1: deploy.replicas: " + said + " (follows from holdfast.yaml:3:22)");
        assertThat(desired.usable()).isTrue();
        assertThat(desired.broken()).containsExactly("b", "c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"networks: [back]", "vars: [DOMAIN=x]", "vars: {DOMAIN: [x]}", "secrets: [password]"})
    void what_only_follows_from_a_mistake_in_holdfast_yaml_is_not_told_again_for_every_app(String wrong) {
        var app = "{name: %s, image: b, networks: [back], secrets: [password], environment: {D: '${DOMAIN}'}}";
        var sound = Map.of("networks", "{back: {}}", "vars", "{DOMAIN: x}", "secrets", "{password: {external: true}}");
        var key = wrong.substring(0, wrong.indexOf(':'));
        var lines = new StringBuilder(wrong + "\n");
        sound.forEach((other, value) -> lines.append(other.equals(key) ? "" : other + ": " + value + "\n"));
        var desired = read(
                "holdfast.yaml",
                lines.toString(),
                "apps/a.yaml",
                app.formatted("a"),
                "apps/b.yaml",
                app.formatted("b"));
        assertThat(messages(desired)).singleElement().asString().startsWith("holdfast.yaml:1:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"networks netwroks", "vars var", "secrets secret"})
    void nor_is_what_follows_from_a_key_that_is_mistyped(String keys) {
        var good = "networks: {back: {}}\nvars: {DOMAIN: x}\nsecrets: {password: {external: true}}\n";
        var desired = read(
                "holdfast.yaml",
                good.replace(keys.split(" ")[0] + ":", keys.split(" ")[1] + ":"),
                "apps/a.yaml",
                "{name: a, image: b, networks: [back], secrets: [password], environment: {D: '${DOMAIN}'}}");
        assertThat(messages(desired))
                .singleElement()
                .asString()
                .startsWith("holdfast.yaml:")
                .contains("did you mean");
    }

    @Test
    void an_allowed_removal_of_a_present_app_is_a_warning() {
        var desired = read("holdfast.yaml", "brakes: {allow_removals: [a]}", "apps/a.yaml", "{name: a, image: b}");
        assertThat(desired.problems()).extracting(Problem::severity).containsExactly(Problem.Severity.WARNING);
        assertThat(desired.complete()).isTrue();
    }

    @Test
    void the_value_of_a_secret_variable_is_never_printed() {
        var desired = read(
                "apps/a.yaml",
                "{name: a, image: b, environment: ['DB_PASSWORD=$hunter2']}",
                "apps/b.yaml",
                "{name: b, image: b, environment: {API_TOKEN: [hunter2], KEY: $hunter2}}");
        assertThat(desired.problems()).hasSize(3);
        assertThat(messages(desired)).noneMatch(message -> message.contains("hunter2"));
    }
}
