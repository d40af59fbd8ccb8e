package dev.holdfast.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.app.ReadOptions;
import dev.holdfast.git.ConfigRepository;
import dev.holdfast.git.RepositoryLocation;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppliedFilesTest {

    @TempDir
    private Path folder;

    private String commit(String text) throws Exception {
        Files.createDirectories(folder.resolve("apps"));
        Files.writeString(folder.resolve("apps/web.yaml"), text);
        try (var git = Git.init().setDirectory(folder.toFile()).call()) {
            git.add().addFilepattern(".").call();
            return git.commit()
                    .setAuthor("a", "a@b")
                    .setCommitter("a", "a@b")
                    .setSign(false)
                    .setMessage("x")
                    .call()
                    .name();
        }
    }

    @Test
    void a_commit_is_read_once_however_often_it_is_asked_for() throws Exception {
        var first = commit("name: web\nimage: x:1\n");
        var second = commit("name: web\nimage: x:2\n");
        try (var repository = ConfigRepository.open(new RepositoryLocation.Local(folder, null, "."))) {
            var files = new AppliedFiles(repository, ReadOptions.NONE);
            var read = files.at(first).orElseThrow();
            assertThat(read.desired().apps().getFirst().app().image()).isEqualTo("x:1");
            assertThat(files.at(first).orElseThrow()).isSameAs(read);
            assertThat(files.at(second)
                            .orElseThrow()
                            .desired()
                            .apps()
                            .getFirst()
                            .app()
                            .image())
                    .isEqualTo("x:2");
            assertThat(files.at("0".repeat(40))).isEmpty();
        }
    }
}
