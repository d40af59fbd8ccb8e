package dev.holdfast.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.app.DesiredReader;
import dev.holdfast.app.ReadOptions;
import dev.holdfast.git.ConfigRepository;
import dev.holdfast.git.RepositoryLocation;
import dev.holdfast.plan.Hold;
import dev.holdfast.plan.HoldCode;
import dev.holdfast.plan.Plan;
import dev.holdfast.report.ClusterDiffs;
import dev.holdfast.report.DiffText;
import dev.holdfast.report.PlanMarkdown;
import dev.holdfast.report.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Beside a removal stands why no file declares the app any more.
class CausesTest {

    @TempDir
    private Path folder;

    private void write(String path, String text) throws IOException {
        var file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void move(String from, String to) throws IOException {
        Files.createDirectories(folder.resolve(to).getParent());
        Files.move(folder.resolve(from), folder.resolve(to));
    }

    private void commit() throws GitAPIException {
        try (var git = Git.init().setDirectory(folder.toFile()).call()) {
            git.add().addFilepattern(".").call();
            git.add().setUpdate(true).addFilepattern(".").call();
            git.commit()
                    .setAuthor("a", "a@b")
                    .setCommitter("a", "a@b")
                    .setSign(false)
                    .setMessage("x")
                    .call();
        }
    }

    private RepositoryLocation location() {
        return new RepositoryLocation.Local(folder, null, ".");
    }

    @Test
    void a_removal_says_where_its_file_went() throws Exception {
        write("holdfast.yaml", "brakes: { max_removals: 100% }\n");
        for (var app : new String[] {"moved", "flow", "hidden", "off", "old-name", "gone", "copied", "stays"}) {
            write("apps/" + app + ".yaml", "name: " + app + "\nimage: nginx:" + app + "\n");
        }
        write("apps/flow.yaml", "{name: flow, image: x}");
        write("apps/two.yaml", "name: one\nimage: a\n---\nname: two\nimage: b\n");
        write("old/copied.yaml", "name: copied\nimage: nginx:copied\n");
        commit();
        move("apps/moved.yaml", "archive/2026/moved.yaml");
        write("archive/2026/moved.yaml", "name: moved\nimage: nginx:2\n");
        move("apps/flow.yaml", "archive/other.yml");
        move("apps/hidden.yaml", "apps/.hidden.yaml");
        move("apps/off.yaml", "apps/off.yaml.disabled");
        write("apps/old-name.yaml", "name: new-name\nimage: nginx:old-name\n");
        write("apps/two.yaml", "name: one\nimage: a\n");
        Files.delete(folder.resolve("apps/gone.yaml"));
        Files.delete(folder.resolve("apps/copied.yaml"));
        commit();

        var difference = Comparison.of(location(), "HEAD~1", "HEAD", Clock.systemUTC());
        var causes = Map.of(
                "moved",
                        "apps/moved.yaml is now archive/2026/moved.yaml, and only files below apps/ and stack files"
                                + " are read",
                "flow", "apps/flow.yaml is now archive/other.yml, and only files below apps/ and stack files are read",
                "hidden",
                        "apps/hidden.yaml is now apps/.hidden.yaml, and files and folders whose names begin with a dot"
                                + " are not read",
                "off", "apps/off.yaml is now apps/off.yaml.disabled, and the ending must be .yaml or .yml",
                "old-name",
                        "apps/old-name.yaml now declares \"new-name\" and not \"old-name\": another name is another"
                                + " app, for the Swarm too",
                "two", "apps/two.yaml is there, and declares \"two\" no more",
                "gone", "the file apps/gone.yaml is gone",
                "copied", "the file apps/copied.yaml is gone");
        assertThat(difference.plan().causes()).containsExactlyInAnyOrderEntriesOf(causes);
        var text = DiffText.of(difference, Style.PLAIN);
        causes.forEach((app, cause) -> assertThat(text).contains("- remove " + app + "\n      " + cause + "\n"));
        assertThat(PlanMarkdown.of(difference)).contains("| `gone` | remove: the file apps/gone.yaml is gone | stop |");
    }

    @Test
    void a_change_says_which_clusters_it_touches_and_what_one_of_them_leaves_out() throws Exception {
        write("apps/web.yaml", "{name: web, image: x}");
        write("apps/api.yaml", "{name: api, image: x}");
        write("clusters/east.yaml", "");
        write("clusters/west.yaml", "");
        write("clusters/test.yaml", "except: [web]");
        commit();
        write("clusters/west.yaml", "{except: [web], apps: {api: {image: z}}}");
        commit();
        var all = Comparison.each(location(), ReadOptions.NONE, "HEAD~1", "HEAD", Clock.systemUTC());
        var told = new ClusterDiffs(all);
        assertThat(told.text(Style.PLAIN))
                .startsWith("Touches 1 of 3 clusters: west. Nothing changes in east, test.\n")
                .contains("web", "its file in clusters/ leaves it out", "image: x → z");
        assertThat(told.markdown()).contains("<!-- holdfast:diff:west", "Touches 1 of 3 clusters: `west`");
        assertThat(told.json().path("touched").toString()).isEqualTo("[\"west\"]");
        assertThat(told.json().path("clusters")).hasSize(3);
        var east = Comparison.each(location(), ReadOptions.NONE.of("east"), "HEAD~1", "HEAD", Clock.systemUTC());
        assertThat(east).singleElement().matches(difference -> !difference.isSomething());
    }

    @Test
    void an_app_that_was_deployed_from_a_file_that_is_hidden_has_a_cause_too() throws Exception {
        write("apps/stays.yaml", "{name: stays, image: x}");
        write("apps/.web.yaml", "name: web\nimage: x\n");
        commit();
        try (var repository = ConfigRepository.open(location())) {
            var source = repository.checkout("HEAD").source();
            var now = new Causes.State(source, DesiredReader.read(source));
            var live =
                    Comparison.of(location(), "HEAD", null, Clock.systemUTC()).plan();
            var hold = new Hold("web", HoldCode.BRAKE, "it would go", "");
            var plan = Plan.nothing("default", null, List.of(hold), live.ledger());
            assertThat(Causes.told(plan, () -> Optional.of(now), now).causes())
                    .containsEntry(
                            "web",
                            "it stands in apps/.web.yaml, and files and folders whose names begin with a dot are not"
                                    + " read");
        }
    }

    @Test
    void a_commit_and_a_directory_say_the_same_of_what_is_not_read() throws Exception {
        write("apps/ok.yaml", "{name: ok, image: x}");
        write("elsewhere/linked.yaml", "{name: linked, image: x}");
        for (var path :
                new String[] {"apps/UP.YAML", "apps/x.json", "apps/.h.yaml", "apps/d/.x/y.yaml", "apps/z.yaml.bak"}) {
            write(path, "{name: x, image: x}");
        }
        Files.createSymbolicLink(folder.resolve("apps/team"), Path.of("../elsewhere"));
        commit();
        try (var repository = ConfigRepository.open(location())) {
            var ofCommit =
                    DesiredReader.read(repository.checkout("HEAD").source()).problems();
            assertThat(ofCommit)
                    .isEqualTo(
                            DesiredReader.read(repository.checkout().source()).problems())
                    .hasSize(5)
                    .anySatisfy(problem -> assertThat(problem.toString())
                            .isEqualTo("apps/team: is not read: a symlink to a folder is not followed: put the folder"
                                    + " here, or link its files (file-not-read)"));
        }
    }
}
