package dev.holdfast.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.yaml.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceOfCommitAndWorkTreeTest {

    @TempDir
    Path directory;

    private static Checkout local(Path directory, @Nullable String ref) {
        return local(directory, ref, ".");
    }

    private static Checkout local(Path directory, @Nullable String ref, String path) {
        try (var repository = ConfigRepository.open(new RepositoryLocation.Local(directory, ref, path))) {
            return repository.checkout();
        }
    }

    @Test
    void symlinksInsideTheRepositoryAreFollowedAndAllOthersAreRefusedWithAReason() throws IOException {
        var origin = Origin.withOneApp(directory);
        origin.write("files/v2/nginx.conf", "events {}\n");
        link(origin, "files/current", "v2");
        link(origin, "apps/copy.yaml", "web.yaml");
        link(origin, "apps/deep.yaml", "../files/current/nginx.conf");
        link(origin, "apps/passwd.yaml", "/etc/passwd");
        link(origin, "apps/out.yaml", "../../../../../../../../etc/passwd");
        link(origin, "apps/nowhere.yaml", "none.yaml");
        link(origin, "apps/loop.yaml", "loop.yaml");
        link(origin, "apps/folder.yaml", "../files");
        origin.commitAndPush("Links");
        for (var ref : new @Nullable String[] {"HEAD", null}) {
            try (var repository = ConfigRepository.open(new RepositoryLocation.Local(origin.work(), ref, "."))) {
                var source = repository.checkout().source();
                assertThat(ConfigRepositoryTest.text(source, "apps/copy.yaml")).startsWith("name: web");
                assertThat(ConfigRepositoryTest.text(source, "apps/deep.yaml")).isEqualTo("events {}\n");
                assertThat(ConfigRepositoryTest.text(source, "files/current/nginx.conf"))
                        .isEqualTo("events {}\n");
                assertThat(source.paths()).contains("apps/copy.yaml", "apps/passwd.yaml", "apps/loop.yaml");
                assertUnreadable(source, "apps/passwd.yaml", Entry.LEAVES);
                assertUnreadable(source, "apps/out.yaml", Entry.LEAVES);
                assertUnreadable(source, "apps/nowhere.yaml", Entry.NOWHERE);
                assertUnreadable(source, "apps/loop.yaml", Entry.LOOP);
                assertUnreadable(source, "apps/folder.yaml", Entry.TO_DIRECTORY);
            }
        }
    }

    private static void link(Origin origin, String path, String target) throws IOException {
        Files.createDirectories(origin.work().resolve(path).getParent());
        Files.createSymbolicLink(origin.work().resolve(path), Path.of(target));
    }

    private static void assertUnreadable(Source source, String path, String why) {
        assertThatThrownBy(() -> source.read(path))
                .isInstanceOf(Source.UnreadableFile.class)
                .hasMessage(path + " " + why);
    }

    @Test
    void largeFilesAndLfsPointersAreRefused() throws IOException {
        var origin = Origin.withOneApp(directory);
        origin.write("limit", "x".repeat(Source.MAX_FILE_BYTES));
        origin.write("large", "x".repeat(Source.MAX_FILE_BYTES + 1));
        origin.write("pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n");
        origin.commitAndPush("Large");
        for (var ref : new @Nullable String[] {"HEAD", null}) {
            try (var repository = ConfigRepository.open(new RepositoryLocation.Local(origin.work(), ref, "."))) {
                var source = repository.checkout().source();
                assertThat(source.read("limit")).isPresent();
                assertUnreadable(source, "large", "is larger than 1 MiB");
                assertThatThrownBy(() -> source.read("pointer")).hasMessageContaining("Git LFS");
            }
        }
    }

    @Test
    void namesThatDifferInCaseOrLookOddAreDifferentFiles() throws IOException {
        var origin = Origin.withOneApp(directory);
        var names = List.of("apps/DB.yaml", "apps/db.yaml", "apps/a b.yaml", "apps/ü\\n.yaml", "apps/-x.yaml");
        for (var name : names) {
            origin.write(name, name);
        }
        origin.commitAndPush("Odd names");
        for (var ref : new @Nullable String[] {"HEAD", null}) {
            try (var repository = ConfigRepository.open(new RepositoryLocation.Local(origin.work(), ref, "."))) {
                var source = repository.checkout().source();
                assertThat(source.paths()).containsAll(names);
                assertThat(names)
                        .allSatisfy(name -> assertThat(ConfigRepositoryTest.text(source, name))
                                .isEqualTo(name));
            }
        }
    }

    @Test
    void aWorkTreeIsReadAsItIs() throws IOException {
        var origin = Origin.withOneApp(directory);
        var clean = local(origin.work(), null);
        assertThat(clean.commit()).isEqualTo(origin.git("rev-parse", "HEAD"));
        assertThat(clean.workTree()).isTrue();
        assertThat(clean.dirty()).isFalse();
        assertThat(clean.subject()).isEqualTo("Add web");

        origin.write("apps/new.yaml", "name: new\n");
        var dirty = local(origin.work(), null);
        assertThat(dirty.dirty()).isTrue();
        assertThat(dirty.source().paths()).containsExactly("apps/new.yaml", "apps/web.yaml");
        assertThat(local(origin.work(), "HEAD").source().paths()).containsExactly("apps/web.yaml");
    }

    @Test
    void ignoredFilesAreReadToo() throws IOException {
        var origin = Origin.withOneApp(directory);
        origin.write(".gitignore", "apps/local.yaml\n.idea/\n");
        origin.commitAndPush("Ignore");
        origin.write(".idea/workspace.xml", "");
        assertThat(local(origin.work(), null).dirty()).isFalse();
        origin.write("apps/local.yaml", "name: local\n");
        var checkout = local(origin.work(), null);
        assertThat(checkout.source().paths()).contains("apps/local.yaml");
        assertThat(checkout.dirty()).isTrue();
    }

    @Test
    void aFolderOfARepositoryAndALinkedWorkTreeAndABareRepositoryCanBeGiven() throws IOException {
        var origin = Origin.withOneApp(directory);
        origin.write("prod/apps/db.yaml", "name: db\n");
        var head = origin.commitAndPush("Add db");
        for (var ref : new @Nullable String[] {"HEAD", null}) {
            assertThat(local(origin.work().resolve("prod"), ref).source().paths())
                    .containsExactly("apps/db.yaml");
            assertThat(local(origin.work(), ref, "prod/apps").source().paths()).containsExactly("db.yaml");
            assertThat(local(origin.bare(), ref, "prod").source().paths()).containsExactly("apps/db.yaml");
        }
        origin.git("worktree", "add", "-q", directory.resolve("linked").toString(), "-b", "linked", "HEAD~1");
        var linked = local(directory.resolve("linked"), null);
        assertThat(linked.subject()).isEqualTo("Add web");
        assertThat(linked.dirty()).isFalse();
        assertThat(local(directory.resolve("linked"), "main").commit()).isEqualTo(head);
        assertThat(local(origin.work(), "HEAD~1").subject()).isEqualTo("Add web");
        assertThat(local(origin.work(), "origin/main").commit()).isEqualTo(head);
        assertThatThrownBy(() -> local(origin.work(), "mian"))
                .isInstanceOf(GitProblem.class)
                .hasMessageContaining("\"mian\"")
                .hasMessageContaining("there are main, linked");
    }

    @Test
    void aDirectoryThatIsNoRepositoryIsReadAsItIs() throws IOException {
        Files.createDirectories(directory.resolve("plain/apps"));
        Files.writeString(directory.resolve("plain/apps/web.yaml"), "name: web\n");
        var checkout = local(directory.resolve("plain"), null);
        assertThat(checkout.commit()).isEqualTo("worktree");
        assertThat(checkout.rootCommit()).isNull();
        assertThat(checkout.dirty()).isTrue();
        assertThat(checkout.source().paths()).containsExactly("apps/web.yaml");
        assertThatThrownBy(() -> local(directory.resolve("plain"), "main"))
                .hasMessageContaining("in no Git repository");
        assertThatThrownBy(() -> local(directory.resolve("none"), null)).hasMessageContaining("there is no directory");
    }

    @Test
    void aRepositoryWithoutACommitIsReadAsItIs() throws IOException {
        var origin = Origin.empty(directory);
        origin.write("apps/web.yaml", "name: web\n");
        assertThat(local(origin.work(), null).commit()).isEqualTo("worktree");
    }

    @Test
    void aShallowCloneDoesNotPretendToKnowTheRoot() throws IOException {
        var origin = Origin.withOneApp(directory);
        origin.commitAndPush("Second");
        origin.git(
                "clone",
                "-q",
                "--depth",
                "1",
                origin.url(),
                directory.resolve("shallow").toString());
        assertThat(local(directory.resolve("shallow"), null).rootCommit()).isNull();
    }

    @Test
    void twoReadsGiveTheSameBytes() throws IOException {
        var origin = Origin.withOneApp(directory);
        var source = local(origin.work(), null).source();
        var first = ConfigRepositoryTest.text(source, "apps/web.yaml");
        origin.write("apps/web.yaml", "changed");
        assertThat(ConfigRepositoryTest.text(source, "apps/web.yaml")).isEqualTo(first);
    }
}
