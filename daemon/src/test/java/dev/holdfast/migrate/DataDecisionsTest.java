package dev.holdfast.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.app.DesiredReader;
import dev.holdfast.app.FilesInMemory;
import dev.holdfast.yaml.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// Where data is a person's to decide about, the file is an error until a choice is taken, and right after each of
/// them.
class DataDecisionsTest {

    private static final Pattern CHOICE = Pattern.compile("# ([0-9])\\. (.*)");
    private static final Pattern ELSEWHERE = Pattern.compile("in holdfast\\.yaml ((?:volumes|configs): \\{.*\\})");
    private static final Pattern OWNERS = Pattern.compile("shared: true for (\\S+) in the file of (\\S+), too");

    private static final String REPLICATED = "web: { image: w, volumes: [%s], deploy: { replicas: 3 } }";
    private static final String GLOBAL =
            "web: { image: w, volumes: [%s], stop_grace_period: 2m, deploy: { mode: global, labels: { a: b } } }";
    private static final String TWO =
            "web: { image: w, volumes: [%s], deploy: { replicas: %d } }\n  db: { image: d, volumes: [%s] }";

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void severalInstancesMayBecomeOneOrReadOrShareOrHaveScratch(boolean fresh) {
        for (var mounts : List.of("data:/data", "/srv/x:/x", "data:/data, nas:/nas, /srv/x:/x, more:/more:ro")) {
            var titles = everyChoiceMakesTheFileRight(compose(REPLICATED.formatted(mounts), fresh), "shop_web");
            assertThat(titles).hasSize(4);
            assertThat(titles.get(0)).startsWith("One instance: write replicas: 1 under deploy.");
            assertThat(titles.get(1)).startsWith("It only reads the data;");
            assertThat(titles.get(2)).startsWith("No data (a cache): each node has its own");
            assertThat(titles.get(3)).startsWith("Every node sees the same storage");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aGlobalServiceMayHaveItsOwnDataOnEachNodeAndIsNeverOneInstance(boolean fresh) {
        for (var mounts : List.of("data:/data", "/srv/x:/x", "data:/data, /srv/x:/x, more:/more:ro")) {
            var imported = compose(GLOBAL.formatted(mounts), fresh);
            var titles = everyChoiceMakesTheFileRight(imported, "shop_web");
            assertThat(titles).hasSize(4).noneMatch(title -> title.contains("ne instance"));
            assertThat(titles.get(1)).startsWith("Each node has its own;");
            assertThat(imported.apps().get("shop_web")).contains("#  each_node: true\n", "#stop_grace_period: 50s\n");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theSecondOfTwoWritersMayBeWithTheFirst(boolean fresh) {
        for (var mounts : List.of("data:/data", "/srv/x/:/x", "data:/data, /srv/x:/x, own:/own")) {
            for (var replicas : List.of(1, 3)) {
                var imported = compose(TWO.formatted(mounts, replicas, "data:/d, /srv/x:/y"), fresh);
                var titles = everyChoiceMakesTheFileRight(imported, "shop_web");
                assertThat(titles.getFirst()).startsWith("Data of shop_db: this app writes it, too");
                assertThat(imported.apps().get("shop_web")).contains("with: shop_db");
                assertThat(imported.apps().get("shop_db")).doesNotContain("Decide");
            }
        }
        var own = everyChoiceMakesTheFileRight(compose(TWO.formatted("data:/x", 1, "data:/d"), fresh), "shop_web");
        assertThat(own).hasSize(fresh ? 4 : 3);
    }

    @Test
    void whatLiesInAnotherAppsDirectoryIsItsToo() {
        var titles = everyChoiceMakesTheFileRight(
                compose(TWO.formatted("/srv/x/below:/x", 1, "/srv/x:/d"), false), "shop_web");
        assertThat(titles).hasSize(2).noneMatch(title -> title.startsWith("Data of"));
        assertThat(compose(TWO.formatted("/srv/xy:/x", 1, "/srv/x:/d"), false).decisions())
                .isEmpty();
    }

    @Test
    void aGlobalSecondWriterMayReadOrShare() {
        var services = GLOBAL.formatted("data:/data") + "\n  db: { image: d, volumes: [data:/d] }";
        assertThat(everyChoiceMakesTheFileRight(compose(services, false), "shop_web"))
                .hasSize(2);
    }

    @Test
    void aFolderBesideTheComposeFileMayBeAVolumeADirectoryOrConfigs() {
        var titles = everyChoiceMakesTheFileRight(
                compose("web: { image: w, configs: [c], volumes: [./site:/www:ro, data:/data] }", false), "shop_web");
        assertThat(titles).hasSize(3);
        assertThat(titles.get(2)).contains("shop_web-index.html: { file: files/shop/site/index.html }");
        assertThat(everyChoiceMakesTheFileRight(
                        compose("web: { image: w, volumes: ['./data:/d'], deploy: { replicas: 2 } }", true),
                        "shop_web"))
                .hasSize(4);
        assertThat(everyChoiceMakesTheFileRight(compose(TWO.formatted("./data:/x", 1, "./data:/y"), true), "shop_web"))
                .hasSize(3);
    }

    @Test
    void templatesOfCapRoverHaveTheSameChoices() {
        var text = """
            captainVersion: 4
            services:
                $$cap_appname: { image: a, volumes: ['data:/data', '/srv/x:/x'] }
                $$cap_appname-job: { image: a, volumes: ['data:/data', '/srv/x:/y', 'own:/own'] }
            """;
        var imported = CapRoverImport.of(
                "pg.yml",
                text.getBytes(StandardCharsets.UTF_8),
                new CapRoverImport.Options("pg", Map.of(), "caprover", false));
        assertThat(everyChoiceMakesTheFileRight(imported, "pg-job")).hasSize(3);
    }

    @Test
    void runningServicesHaveTheSameChoices() {
        var many = LiveImportTest.service("many", VOLUME, "", 3, PLACED);
        assertThat(everyChoiceMakesTheFileRight(live(many), "many")).hasSize(4);
        assertThat(live(many).apps().get("many"))
                .contains("constraints: [node.id==n1]")
                .doesNotContain("node: n1");

        var db = LiveImportTest.service("db", VOLUME, "", 1, PLACED);
        var web = LiveImportTest.service("web", VOLUME, "", 1, PLACED);
        var two = live(db, web);
        assertThat(everyChoiceMakesTheFileRight(two, "web")).hasSize(3);
        assertThat(two.apps().get("web")).contains("with: db");
    }

    @Test
    void directoriesOfTheSameNameOnTwoNodesAreTwo() {
        var mount = "{\"Type\": \"bind\", \"Source\": \"/srv/x/\", \"Target\": \"/data\"}";
        var one = LiveImportTest.service("db", mount, "", 1, PLACED);
        var other = LiveImportTest.service("web", mount, "", 1, PLACED.replace("n1", "n2"));
        assertThat(live(one, other).decisions()).isEmpty();
    }

    private static final String VOLUME = "{\"Type\": \"volume\", \"Source\": \"x-data\", \"Target\": \"/data\"}";
    private static final String PLACED = ", \"Placement\": {\"Constraints\": [\"node.id==n1\"]}";

    private static Imported live(dev.holdfast.live.Service... services) {
        return LiveImport.of(LiveImportPropertiesTest.live(services), List.of(), false);
    }

    private static Imported compose(String services, boolean fresh) {
        var file = "services:\n  %s\nvolumes:\n  data: {}\n  own: {}\n  more: {}\n".formatted(services)
                + "  nas: { driver: local, driver_opts: { type: nfs, device: ':/x' } }\nconfigs: { c: { file: c } }\n";
        var source = FilesInMemory.of("shop/compose.yaml", file, "shop/c", "x", "shop/site/index.html", "<html>");
        return ComposeImport.of(source, new ComposeImport.Options("shop", List.of("shop/compose.yaml"), null, fresh));
    }

    /// What the file says is done, word for word.
    private static List<String> everyChoiceMakesTheFileRight(Imported imported, String app) {
        var files = LiveImportPropertiesTest.files(imported);
        assertThat(files.open()).as("undecided").anyMatch(Problem::isError);
        assertThat(imported.decisions())
                .anyMatch(decision ->
                        decision.app().equals(app) && !decision.choices().isEmpty());
        var choices = choices(imported.apps().get(app));
        for (var i = 0; i < choices.size(); i++) {
            var world = new TreeMap<String, Map<String, Object>>();
            files.files().forEach((path, bytes) -> {
                if (path.endsWith(".yaml")) {
                    world.put(path, load(new String(bytes, StandardCharsets.UTF_8)));
                }
            });
            imported.decisions().stream()
                    .filter(decision -> !decision.app().equals(app))
                    .forEach(other ->
                            take(choices(imported.apps().get(other.app())).getFirst(), other.app(), world));
            take(choices.get(i), app, world);
            assertThat(problems(files, world)).as(world.toString()).isEmpty();
        }
        return choices.stream().map(choice -> choice[0]).toList();
    }

    private static List<String> problems(ImportedFiles files, Map<String, Map<String, Object>> world) {
        var source = new TreeMap<>(files.files());
        world.forEach((path, file) -> source.put(
                path,
                new Dump(DumpSettings.builder().build()).dumpToString(file).getBytes(StandardCharsets.UTF_8)));
        var texts = new ArrayList<String>();
        source.forEach((path, bytes) -> {
            texts.add(path);
            texts.add(new String(bytes, StandardCharsets.UTF_8));
        });
        return DesiredReader.read(FilesInMemory.of(texts.toArray(String[]::new))).problems().stream()
                .filter(Problem::isError)
                .map(Problem::toString)
                .toList();
    }

    /// Each choice: its title, and its lines without the mark.
    private static List<String[]> choices(String file) {
        var choices = new ArrayList<String[]>();
        file.lines().forEach(line -> {
            var choice = CHOICE.matcher(line);
            if (choice.matches()) {
                choices.add(new String[] {choice.group(2), ""});
            } else if (line.startsWith("#") && !line.matches("# \\S.*") && !choices.isEmpty()) {
                choices.getLast()[1] += line.substring(1) + "\n";
            }
        });
        return choices;
    }

    private static void take(String[] choice, String app, Map<String, Map<String, Object>> world) {
        var file = world.get("apps/" + app + ".yaml");
        if (!choice[1].isEmpty()) {
            assertThat(choice[0]).endsWith("in place of what is below:");
            var lines = load(choice[1]);
            assertThat(lines).isNotEmpty().doesNotContainValue(null);
            file.remove("persistent");
            file.putAll(lines);
        }
        if (choice[0].contains("write replicas: 1 under deploy")) {
            map(file.get("deploy")).put("replicas", 1);
        }
        var elsewhere = ELSEWHERE.matcher(choice[0]);
        if (elsewhere.find()) {
            merge(world.computeIfAbsent("holdfast.yaml", _ -> new LinkedHashMap<>()), load(elsewhere.group(1)));
        }
        var owners = OWNERS.matcher(choice[0]);
        while (owners.find()) {
            share(map(world.get("apps/" + owners.group(2) + ".yaml").get("persistent")), owners.group(1));
        }
    }

    @SuppressWarnings("unchecked")
    private static void share(Map<String, Object> persistent, String path) {
        ((List<Object>) persistent.get("directories")).replaceAll(directory -> {
            var parts = directory.toString().split(":");
            return path.equals(parts[0]) || (path + "/").startsWith(parts[0] + "/")
                    ? new LinkedHashMap<>(Map.of("host", parts[0], "target", parts[1], "shared", true))
                    : directory;
        });
    }

    private static void merge(Map<String, Object> into, Map<String, Object> more) {
        more.forEach((key, value) -> {
            if (into.get(key) instanceof Map && value instanceof Map) {
                merge(map(into.get(key)), map(value));
            } else {
                into.put(key, value);
            }
        });
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    private static Map<String, Object> load(String text) {
        return map(new Load(LoadSettings.builder().build()).loadFromString(text));
    }
}
