package dev.holdfast.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.app.DesiredReader;
import dev.holdfast.cli.Cli;
import dev.holdfast.git.ConfigRepository;
import dev.holdfast.git.RepositoryLocation;
import dev.holdfast.plan.Change;
import dev.holdfast.plan.Difference;
import dev.holdfast.plan.Hold;
import dev.holdfast.plan.HoldCode;
import dev.holdfast.plan.Replacement;
import dev.holdfast.plan.Warning;
import dev.holdfast.plan.WarningCode;
import dev.holdfast.report.DataText;
import dev.holdfast.report.DiffText;
import dev.holdfast.report.Golden;
import dev.holdfast.report.Json;
import dev.holdfast.report.PlanMarkdown;
import dev.holdfast.report.Style;
import dev.holdfast.run.Comparison;
import dev.holdfast.run.RunRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.Test;

/// What a reviewer reads of a change, word for word, without a Swarm at hand. `-Dholdfast.rewrite=true` writes the
/// files anew.
class PullRequestsTest extends Proposals {

    private Difference changed() throws IOException, GitAPIException {
        commit("A change");
        return compare("HEAD~1", "HEAD");
    }

    private static List<String> holds(Difference difference) {
        return difference.plan().holds().stream()
                .map(hold -> hold.app() + " " + hold.code())
                .toList();
    }

    @Test
    void nothing_changes_where_nothing_of_an_app_changes() throws IOException, GitAPIException {
        files.put("README.md", "Hello");
        assertThat(review("readme").plan().isEmpty()).isTrue();
    }

    @Test
    void a_new_image_restarts_and_more_instances_do_not() throws IOException, GitAPIException {
        edit("web", "web:1", "web:2");
        edit("api", "replicas: 3", "replicas: 5");
        var changes = review("image-and-scale").plan().changes();
        assertThat(changes)
                .extracting(change -> change.app() + " " + change.restarts())
                .containsExactly("api false", "web true");
    }

    @Test
    void new_constraints_of_a_locked_app_are_not_judged_offline_and_that_is_said() throws IOException, GitAPIException {
        edit("db", text -> text + "deploy: { placement: { constraints: [node.labels.disk == ssd] } }\n");
        assertThat(review("constraint").plan().warnings())
                .extracting(Warning::code)
                .contains(WarningCode.CONSTRAINT_UNCHECKED);
    }

    /// A constraint on the host name names a node as `persistent.node` does.
    @Test
    void ports_of_one_node_that_are_taken_twice_are_known_offline() throws IOException, GitAPIException {
        var edge = """
            image: edge:1
            networks: [back]
            ports: [{ target: 80, published: 8080, mode: host }]
            deploy: { REPLICASplacement: { constraints: [node.hostname == worker-1] } }
            """;
        app("edge", edge.replace("REPLICAS", "replicas: 2, "));
        var twice = changed();
        assertThat(twice.plan().warnings())
                .extracting(warning -> warning.app() + " " + warning.code())
                .containsExactly("edge cannot-be-placed");
        assertThat(PlanMarkdown.of(twice))
                .contains("**does not converge**", "`apply` would exit with 1: `edge` cannot converge.");
        app("edge", edge.replace("REPLICAS", ""));
        assertThat(changed().plan().warnings()).isEmpty();
    }

    @Test
    void an_app_that_is_stopped_does_not_go_on() throws IOException, GitAPIException {
        edit("wiki", text -> text + "deploy: { replicas: 0 }\n");
        edit("api", "replicas: 3", "replicas: 2");
        var changes = review("stopped").plan().changes();
        assertThat(changes)
                .extracting(
                        change -> change.app() + " " + Replacement.of(change).way())
                .containsExactly("wiki STOP", "api GO_ON");
    }

    @Test
    void a_renamed_volume_is_held_and_says_what_waits_with_it() throws IOException, GitAPIException {
        edit("wiki", text -> text.replace("wiki-pages:", "pages:").replace("wiki:1", "wiki:2"));
        var held = review("renamed-volume");
        assertThat(holds(held)).containsExactly("wiki gives-up-data");
        assertThat(held.plan().holds())
                .flatExtracting(Hold::waiting)
                .extracting(field -> field.path())
                .contains("image");
    }

    @Test
    void a_move_is_held_until_the_data_may_stay_behind() throws IOException, GitAPIException {
        edit("db", "worker-1", "worker-2");
        assertThat(holds(review("moved"))).containsExactly("db moves-data");
        edit("db", "node: worker-2", "node: worker-2, leave_data_on: worker-1");
        commit("Say so");
        var moved = compare("HEAD~2", "HEAD");
        assertThat(moved.plan().holds()).isEmpty();
        assertThat(DataText.of(moved.plan().data()))
                .anyMatch(sentence -> sentence.contains("db-data stays on worker-1"))
                .anyMatch(sentence -> sentence.contains("db-data on worker-2, new and empty unless"));
    }

    @Test
    void a_removed_app_leaves_an_orphan() throws IOException, GitAPIException {
        files.remove("apps/db.yaml");
        var removed = review("removed");
        assertThat(removed.plan().orphans())
                .extracting(orphan -> orphan.claim().name())
                .containsExactly("db-data", "/srv/backups");
        assertThat(removed.plan().orphans()).allMatch(orphan -> "Ann".equals(orphan.author()));
    }

    @Test
    void a_renamed_app_keeps_its_data() throws IOException, GitAPIException {
        var wiki = String.valueOf(files.remove("apps/wiki.yaml"));
        files.put("apps/pages.yaml", wiki.replace("name: wiki", "name: pages"));
        var renamed = review("renamed-app");
        assertThat(renamed.plan().orphans()).isEmpty();
        assertThat(DataText.of(renamed.plan().data()))
                .contains("volume wiki-pages on worker-2 goes from wiki to pages");
    }

    @Test
    void dropping_persistent_is_held() throws IOException, GitAPIException {
        edit("blog", text -> text.replaceAll("persistent.*\n", ""));
        assertThat(holds(review("no-longer-persistent"))).containsExactly("blog gives-up-data");
    }

    @Test
    void too_many_removals_meet_the_brake() throws IOException, GitAPIException {
        List.of("api", "web", "worker").forEach(app -> files.remove("apps/" + app + ".yaml"));
        assertThat(holds(review("brake"))).containsExactly("api brake", "web brake", "worker brake");
    }

    @Test
    void only_problems_that_are_new_are_told() throws IOException, GitAPIException {
        edit("web", "replicas", "replica");
        commit("Broken before");
        edit("web", "name: web", "# moved down\nname: web");
        edit("db", "/data", "data");
        var broken = review("new-problems");
        assertThat(broken.problems())
                .hasSize(1)
                .allMatch(problem -> problem.file().equals("apps/db.yaml"));
        assertThat(holds(broken)).containsExactly("db files-broken", "web files-broken");
    }

    @Test
    void a_pinned_node_is_taken_to_be_where_the_app_runs_and_the_plan_says_so() throws IOException, GitAPIException {
        edit("blog", "persistent: {", "persistent: { node: worker-2,");
        var pinned = review("pinned");
        assertThat(pinned.plan().isEmpty()).isTrue();
        assertThat(pinned.plan().warnings()).extracting(Warning::code).containsExactly(WarningCode.NODE_ASSUMED);
    }

    @Test
    void a_secret_that_changes_restarts_who_has_it_and_is_never_shown() throws IOException, GitAPIException {
        files.put("files/password", "staple");
        edit("db", "battery", "tr0ub4dor");
        var changed = review("secret");
        assertThat(DiffText.of(changed, Style.PLAIN) + PlanMarkdown.of(changed) + Json.diff(changed))
                .doesNotContain("staple", "battery", "tr0ub4dor")
                .contains("environment.API_TOKEN");
    }

    @Test
    void nobody_can_try_guesses_at_a_secret_on_its_name() throws IOException, GitAPIException {
        files.put("files/password", "staple");
        commit("Another password");
        var here = new RepositoryLocation.Local(folder, null, ".");
        var once = Comparison.of(here, "HEAD~1", "HEAD", CLOCK).plan().changes();
        var again = Comparison.of(here, "HEAD~1", "HEAD", CLOCK).plan().changes();
        assertThat(once)
                .extracting(Change::name)
                .filteredOn(name -> name.startsWith("password-"))
                .hasSize(1)
                .doesNotContainAnyElementsOf(again.stream().map(Change::name).toList());
    }

    @Test
    void where_nothing_can_be_read_the_page_says_so_in_place_of_the_last_one() throws IOException, GitAPIException {
        files.computeIfPresent("holdfast.yaml", (path, text) -> text + "volumes: { db-data: { external: true } }\n");
        commit("Volume");
        assertThatThrownBy(() -> compare("HEAD~1", "HEAD")).isInstanceOfSatisfying(RunRefused.class, refused -> {
            var page = Objects.requireNonNull(refused.page());
            check("diff/refused.txt", page.text(Style.PLAIN));
            check("diff/refused.md", page.markdown());
            check("diff/refused.json", Json.print(page.json()));
        });
        var printed = Cli.run("diff", "HEAD~1", "HEAD", "--repo", folder.toString(), "-o", "markdown");
        assertThat(printed.code()).isEqualTo(1);
        assertThat(printed.out())
                .startsWith("<!-- holdfast:diff:production:1 -->")
                .contains("Nothing would be applied", "`holdfast.yaml:4:");
        assertThat(printed.err()).contains("says nothing that could be applied");
    }

    @Test
    void a_refusal_for_another_reason_is_no_page_of_problems() {
        var here = new RepositoryLocation.Local(folder, null, ".");
        try (var repository = ConfigRepository.open(here)) {
            var sound = DesiredReader.read(repository.checkout().source());
            assertThat(new RunRefused("these files are of no commit", sound).page())
                    .isNull();
        }
    }

    private static void check(String name, String text) {
        try {
            Golden.check(name, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_volume_of_another_app_is_an_error() throws IOException, GitAPIException {
        edit("blog", "blog-data", "wiki-pages");
        assertThat(review("two-owners").problems()).hasSize(2);
    }

    @Test
    void data_that_changes_hands_both_ways() throws IOException, GitAPIException {
        edit(
                "blog",
                "persistent: { directories: [\"blog-data",
                "persistent: { node: worker-2, directories: [\"wiki-pages");
        edit("wiki", "wiki-pages", "blog-data");
        assertThat(DataText.of(review("swap").plan().data()))
                .contains("volume wiki-pages on worker-2 goes from wiki to blog")
                .contains("volume blog-data on worker-2 goes from blog to wiki");
    }

    @Test
    void a_new_cluster_name_is_told_and_nothing_else() throws IOException, GitAPIException {
        files.computeIfPresent("holdfast.yaml", (path, text) -> text.replace("production", "prod"));
        assertThat(review("cluster").plan().holds())
                .isNotEmpty()
                .allMatch(hold -> hold.code() == HoldCode.CLUSTER_RENAMED);
    }

    @Test
    void an_app_whose_file_was_broken_looks_new_and_says_why() throws IOException, GitAPIException {
        edit("web", "replicas", "replica");
        commit("Broken before");
        edit("web", "replica", "replicas");
        var mended = review("mended");
        assertThat(mended.solved()).isEqualTo(1);
        assertThat(mended.plan().warnings()).extracting(Warning::code).containsExactly(WarningCode.BASE_BROKEN);
    }

    @Test
    void three_dots_compare_with_where_a_branch_began() throws IOException, GitAPIException {
        try (var git = Git.open(folder.toFile())) {
            git.checkout().setCreateBranch(true).setName("topic").call();
            edit("web", "web:1", "web:2");
            commit("Topic");
            edit("web", "web:2", "web:1");
            git.checkout().setName("main").call();
            edit("api", "api:1", "api:2");
            commit("Main goes on");
        }
        assertThat(compare("main...topic", null).plan().changes())
                .extracting(change -> change.app())
                .containsExactly("web");
        assertThat(compare("main", "topic").plan().changes())
                .extracting(change -> change.app())
                .containsExactly("api", "web");
    }

    @Test
    void without_a_head_it_is_the_directory_as_it_is() throws IOException, GitAPIException {
        edit("web", "web:1", "web:2");
        write();
        var difference = compare("HEAD", null);
        assertThat(difference.head()).endsWith("-dirty");
        assertThat(difference.plan().changes()).hasSize(1);
    }

    @Test
    void everything_is_new_after_an_empty_repository_and_an_empty_head_is_refused()
            throws IOException, GitAPIException {
        var apps = new TreeMap<>(files);
        files.keySet().removeIf(path -> path.startsWith("apps/"));
        commit("Empty");
        assertThatThrownBy(() -> compare("HEAD~1", "HEAD")).isInstanceOf(RunRefused.class);
        files.putAll(apps);
        commit("Again");
        assertThat(compare("HEAD~1", "HEAD").plan().changes()).hasSizeGreaterThanOrEqualTo(6);
    }
}
