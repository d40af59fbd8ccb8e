package dev.holdfast.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.app.ReadOptions;
import dev.holdfast.git.ConfigRepository;
import dev.holdfast.git.RepositoryLocation;
import dev.holdfast.ledger.Claim;
import dev.holdfast.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlameTest {

    private static final String DATA = "directories: [\"db-data:/data\"]";

    @TempDir
    private Path folder;

    @Test
    void theCommitThatRemovedAnAppTakesItBackWhenReverted() throws Exception {
        var before = commit("persistent: { " + DATA + " }");
        var removal = remove();
        commit("other", "persistent: { directories: [\"o:/d\"] }");
        assertThat(givenUp(before)).isEqualTo(new Claim.GivenUp("now", removal, true));
    }

    @Test
    void theCommitThatMovedAnAppAndSaidSoTakesItBackWhenReverted() throws Exception {
        var before = commit("persistent: { node: worker-1, " + DATA + " }");
        var move = commit("persistent: { node: worker-2, leave_data_on: worker-1, " + DATA + " }");
        assertThat(givenUp(before)).isEqualTo(new Claim.GivenUp("now", move, true));
    }

    @Test
    void theCommitThatOnlyAllowsWhatAnEarlierOneDidTakesNothingBack() throws Exception {
        commit("persistent: { node: worker-1, " + DATA + " }");
        var held = commit("persistent: { node: worker-2, " + DATA + " }");
        var allowed = commit("persistent: { node: worker-2, leave_data_on: worker-1, " + DATA + " }");
        assertThat(givenUp(held)).isEqualTo(new Claim.GivenUp("now", allowed, false));

        var dropped = commit("deploy: { replicas: 1 }");
        var left = commit("persistent: { leave: [db-data] }");
        assertThat(givenUp(dropped)).isEqualTo(new Claim.GivenUp("now", left, false));
    }

    @Test
    void whatAHandMovedAndAHandMovedBackIsNoCommitsFault() throws Exception {
        var before = commit("persistent: { " + DATA + " }");
        commit("other", "persistent: { directories: [\"o:/d\"] }");
        assertThat(givenUp(before)).isEqualTo(new Claim.GivenUp("now", null));

        var never = commit("persistent: { directories: [\"else:/data\"] }");
        commit("persistent: { directories: [\"else:/data\"] }\nenvironment: { A: b }");
        assertThat(givenUp(never)).isEqualTo(new Claim.GivenUp("now", null));
    }

    /// What is remembered of db-data on worker-1, which the head gives up.
    ///
    /// @param applied the commit of the run before
    private Claim.GivenUp givenUp(String applied) {
        var claim = new Claim(Claim.Kind.VOLUME, "db-data", "n1", "worker-1", "db", "/data", false, null, null);
        var before = Ledger.empty("c", "a2V5").withClaims(List.of(claim)).withApplied(null, null, applied);
        var now = before.withGivenUp(claim.key(), new Claim.GivenUp("now", null));
        try (var repository = ConfigRepository.open(new RepositoryLocation.Local(folder, null, "."))) {
            var head = repository.checkout().commit();
            return Objects.requireNonNull(new Blame(repository, ReadOptions.NONE)
                    .attributed(now, before, head)
                    .claims()
                    .getFirst()
                    .givenUp());
        }
    }

    private String commit(String text) throws IOException, GitAPIException {
        return commit("db", text);
    }

    private String commit(String app, String text) throws IOException, GitAPIException {
        var file = folder.resolve("apps").resolve(app + ".yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "name: " + app + "\nimage: demo:1\n" + text + "\n");
        return commitAll();
    }

    private String remove() throws IOException, GitAPIException {
        Files.delete(folder.resolve("apps/db.yaml"));
        return commitAll();
    }

    private String commitAll() throws GitAPIException {
        try (var git = Git.init().setDirectory(folder.toFile()).call()) {
            git.add().addFilepattern(".").call();
            git.add().addFilepattern(".").setUpdate(true).call();
            return git.commit().setMessage("Change").setSign(false).call().name();
        }
    }
}
