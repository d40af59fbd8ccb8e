package dev.holdfast.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.yaml.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One repository, read for each of its clusters.
class ClustersTest {

    private static final List<String> FILES = List.of(
            "holdfast.yaml",
            """
            networks: { back: {} }
            vars: { DOMAIN: example.org, LEVEL: info }
            defaults: { environment: { LEVEL: "${LEVEL}" } }
            """,
            "apps/web.yaml",
            """
            name: web
            image: nginx:1.27
            networks: [back]
            environment: { DOMAIN: "${DOMAIN}" }
            labels: { a: "1", b: "2" }
            deploy: { replicas: 4, placement: { constraints: [node.labels.web == yes] } }
            """,
            "apps/team/reports.yaml",
            "{ name: reports, image: \"reports:3\", networks: [back] }\n",
            "stacks/shop.yaml",
            "services: { cart: { image: \"cart:1\", environment: { DOMAIN: \"${DOMAIN}\" } } }\n",
            "stacks/shop.production.yaml",
            "services: { cart: { deploy: { replicas: 3 } } }\n",
            "clusters/production.yaml",
            """
            vars: { LEVEL: warn }
            stacks: { shop: { files: [stacks/shop.yaml, stacks/shop.production.yaml] } }
            """,
            "clusters/canary.yaml",
            "{ only: [shop], stacks: { shop: { files: [stacks/shop.yaml, stacks/shop.production.yaml] } } }\n",
            "clusters/staging.yaml",
            """
            cluster: shop-staging
            vars: { DOMAIN: staging.example.org }
            networks: { back: { attachable: true } }
            except: [reports]
            apps:
              web:
                image: nginx:1.28
                labels: { b: "3" }
                deploy: { replicas: 1, placement: }
            """);

    private static Desired read(String cluster, String... more) {
        var files = new ArrayList<>(FILES);
        for (var i = 0; i < more.length; i += 2) {
            var there = files.indexOf(more[i]);
            if (there < 0) {
                files.addAll(List.of(more[i], more[i + 1]));
            } else {
                files.set(there + 1, more[i + 1]);
            }
        }
        return DesiredReader.read(
                FilesInMemory.of(files.toArray(String[]::new)),
                ReadOptions.NONE.of(cluster.isEmpty() ? null : cluster));
    }

    private static App app(Desired desired, String name) {
        return desired.apps().stream()
                .map(Desired.DeclaredApp::app)
                .filter(app -> app.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> names(Desired desired) {
        return desired.apps().stream().map(each -> each.app().name()).toList();
    }

    private static List<String> said(Desired desired) {
        return desired.problems().stream().map(Problem::toString).toList();
    }

    @Test
    void eachHasItsNameItsKeysAndWhatIsDifferentInItsApps() {
        var staging = read("staging");
        assertThat(said(staging)).isEmpty();
        assertThat(staging.repository().cluster()).isEqualTo("shop-staging");
        assertThat(Objects.requireNonNull(staging.repository().networks().get("back"))
                        .attachable())
                .isTrue();
        assertThat(names(staging)).containsExactly("shop_cart", "web");
        var web = app(staging, "web");
        assertThat(web.image()).isEqualTo("nginx:1.28");
        assertThat(web.environment()).isEqualTo(Map.of("DOMAIN", "staging.example.org", "LEVEL", "info"));
        assertThat(web.labels()).isEqualTo(Map.of("a", "1", "b", "3"));
        assertThat(web.deploy().replicas()).isEqualTo(1);
        assertThat(web.deploy().placement().constraints()).isEmpty();
        assertThat(app(staging, "shop_cart").environment()).containsEntry("DOMAIN", "staging.example.org");
    }

    @Test
    void whatOneClusterSaysIsNothingToAnother() {
        var production = read("production");
        assertThat(said(production)).isEmpty();
        assertThat(production.repository().cluster()).isEqualTo("production");
        assertThat(names(production)).containsExactly("reports", "shop_cart", "web");
        assertThat(app(production, "web").environment()).isEqualTo(Map.of("DOMAIN", "example.org", "LEVEL", "warn"));
        assertThat(app(production, "web").deploy().replicas()).isEqualTo(4);
        assertThat(app(production, "shop_cart").deploy().replicas()).isEqualTo(3);
    }

    @Test
    void withoutAChoiceNothingIsApplied() {
        var nobodys = read("");
        assertThat(nobodys.usable()).isFalse();
        assertThat(said(nobodys))
                .anyMatch(each -> each.startsWith("clusters: ") && each.contains("canary, production, staging"));
        var mistyped = read("stagnig");
        assertThat(mistyped.usable()).isFalse();
        assertThat(said(mistyped))
                .contains("clusters: there is no file clusters/stagnig.yaml; did you mean \"staging\"?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        only: [web]             ; web
        only: web               ; web
        only: ['*e*']           ; reports, web
        only: [shop]            ; shop_cart
        only: [apps/team/**]    ; reports
        only: [stacks/shop.yaml, web]  ; shop_cart, web
        except: ['**/web.yaml'] ; reports, shop_cart
        { only: [web, reports], except: ['rep*'] } ; web
        """)
    void appsAndStacksAreSelectedByNameAndByFile(String file, String names) {
        var desired = read("production", "clusters/production.yaml", file + "\n");
        assertThat(said(desired)).isEmpty();
        assertThat(names(desired)).containsExactly(names.split(", "));
    }

    @Test
    void anAppMayHaveOneFileForEachCluster() {
        var both = new String[] {
            "clusters/production.yaml", "except: [apps/staging/**]\n",
            "clusters/staging.yaml", "except: [apps/web.yaml]\n",
            "apps/staging/web.yaml", "{ name: web, image: \"nginx:2\", networks: [back] }\n"
        };
        assertThat(said(read("production", both))).isEmpty();
        assertThat(app(read("production", both), "web").image()).isEqualTo("nginx:1.27");
        assertThat(app(read("staging", both), "web").image()).isEqualTo("nginx:2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        only: [wep]                 ; clusters/production.yaml:1:8: only[0]: there is no app and no stack "wep"; did you mean "web"?
        except: [shop_cart]         ; a stack is run whole or not at all: write shop
        except: [nothing-*]         ; matches no app and no stack
        apps: { wep: {} }           ; clusters/production.yaml:1:9: apps.wep: there is no app "wep"; did you mean "web"?
        apps: { shop_cart: {} }     ; stacks: { shop: { files: […] } }
        apps: { web: { name: x } }  ; apps.web.name: an app has one name in all clusters
        apps: { web: 3 }            ; must be a mapping with keys of an app file
        apps: { web: { deploy: { replicas: many } } } ; clusters/production.yaml:1:36: deploy.replicas
        apps: { web: { replica: 2 } } ; did you mean "deploy.replicas"?
        onyl: [web]                 ; unknown key "onyl"; did you mean "only"?
        netwroks: {}                ; unknown key "netwroks"; did you mean "networks"?
        cluster: shop-staging       ; is what clusters/staging.yaml is called too
        { except: [web], apps: { web: { image: x } } } ; changes nothing: this cluster does not run it
        """)
    void whatIsWrongIsToldWithItsPlace(String file, String told) {
        assertThat(said(read("production", "clusters/production.yaml", file + "\n")))
                .anyMatch(each -> each.contains(told));
    }

    /// A rule that only this cluster's patch breaks holds that app, and no other.
    @Test
    void aPatchThatBreaksARuleHoldsItsApp() {
        var desired = read(
                "production",
                "clusters/production.yaml",
                "apps: { web: { depends_on: [nobody] } }\n",
                "clusters/staging.yaml",
                "{}\n");
        assertThat(desired.broken()).containsExactly("web");
        assertThat(desired.usable()).isTrue();
        assertThat(said(desired))
                .anyMatch(each -> each.startsWith("apps/web.yaml:1:1: depends_on")
                        && each.contains("follows from clusters/production.yaml:1:"));
    }

    @Test
    void problemsOfAllClustersAreToldOnceAndWithTheirCluster() {
        var clusters = List.of(
                read(
                        "production",
                        "apps/web.yaml",
                        "{ name: web, image: \"${IMAGE}\", networks: [back], tty: maybe }\n",
                        "clusters/staging.yaml",
                        "vars: { IMAGE: x }\n"),
                read(
                        "staging",
                        "apps/web.yaml",
                        "{ name: web, image: \"${IMAGE}\", networks: [back], tty: maybe }\n",
                        "clusters/staging.yaml",
                        "vars: { IMAGE: x }\n"));
        var told = ClusterProblems.of(clusters).stream().map(Problem::toString).toList();
        assertThat(told)
                .filteredOn(each -> each.contains("tty"))
                .hasSize(1)
                .noneMatch(each -> each.contains("in cluster"));
        assertThat(told)
                .filteredOn(each -> each.contains("IMAGE"))
                .singleElement()
                .asString()
                .endsWith("(in cluster production)");
    }
}
