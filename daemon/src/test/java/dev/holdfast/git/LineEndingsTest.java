package dev.holdfast.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.yaml.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A work tree has the contents that its commit has, or would have, in whatever form Git has checked them out.
class LineEndingsTest {

    @TempDir
    Path directory;

    /// A clone as its user has it.
    ///
    /// @param settings for `git -c`
    private Path clone(Origin origin, String... settings) {
        var clone = directory.resolve("clone-" + settings.length);
        var command = new java.util.ArrayList<String>();
        for (var setting : settings) {
            command.add("-c");
            command.add(setting);
        }
        command.addAll(java.util.List.of("clone", "-q"));
        for (var setting : settings) {
            command.add("--config");
            command.add(setting);
        }
        command.add(origin.bare().toString());
        command.add(clone.toString());
        origin.git(command.toArray(String[]::new));
        return clone;
    }

    private static Checkout local(Path directory, @Nullable String ref) {
        return local(directory, ref, Map.of());
    }

    private static Checkout local(Path directory, @Nullable String ref, Map<String, String> environment) {
        try (var repository = ConfigRepository.open(
                new RepositoryLocation.Local(directory, ref, "."),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                environment)) {
            var checkout = repository.checkout();
            // While the repository is open.
            checkout.source().paths().forEach(path -> {
                try {
                    checkout.source().read(path);
                } catch (Source.UnreadableFile said) {
                    assertThat(said).hasMessageContaining(path);
                }
            });
            return checkout;
        }
    }

    private static void assertSame(Path clone, Map<String, String> environment) {
        var commit = local(clone, "HEAD", environment);
        var tree = local(clone, null, environment);
        assertThat(tree.dirty()).isFalse();
        assertThat(tree.source().paths()).isEqualTo(commit.source().paths());
        for (var path : commit.source().paths()) {
            assertThat(new String(tree.source().read(path).orElseThrow(), StandardCharsets.ISO_8859_1))
                    .as(path)
                    .isEqualTo(new String(commit.source().read(path).orElseThrow(), StandardCharsets.ISO_8859_1));
        }
    }

    private static void touch(Path clone, String path) throws IOException {
        Files.setLastModifiedTime(clone.resolve(path), java.nio.file.attribute.FileTime.fromMillis(1));
    }

    @Test
    void aCleanCheckoutOfWhateverFormIsItsCommit() throws IOException {
        var origin = Origin.withOneApp(directory);
        origin.write("files/crlf.conf", "a\nb\n");
        origin.write("files/auto.conf", "a\nb\n");
        origin.write("files/really.bat", "a\r\nb\r\n");
        origin.write("files/wide.txt", "a\n");
        origin.write("files/id.txt", "$Id$ a\n");
        origin.commitAndPush("Files");
        Files.writeString(origin.work().resolve(".gitattributes"), """
            *.conf eol=crlf
            *.yaml text eol=crlf
            auto.conf text=auto eol=crlf
            *.bat -text
            wide.txt text working-tree-encoding=UTF-16LE eol=crlf
            id.txt ident
            """);
        Files.write(origin.work().resolve("files/wide.txt"), "a\r\nü\r\n".getBytes(StandardCharsets.UTF_16LE));
        origin.commitAndPush("Attributes");
        var clone = clone(origin);
        assertThat(Files.readString(clone.resolve("files/crlf.conf"))).isEqualTo("a\r\nb\r\n");
        assertThat(Files.readString(clone.resolve("files/id.txt"))).startsWith("$Id: ");
        assertThat(Files.size(clone.resolve("files/wide.txt"))).isEqualTo(12);
        assertSame(clone, Map.of());
        for (var path :
                new String[] {"apps/web.yaml", "files/crlf.conf", "files/auto.conf", "files/wide.txt", "files/id.txt"
                }) {
            touch(clone, path);
        }
        assertSame(clone, Map.of());
    }

    @Test
    void theUsersOwnSettingsOfLineEndingsCount() throws IOException {
        var origin = Origin.withOneApp(directory);
        origin.write("files/a.conf", "a\nb\n");
        origin.commitAndPush("File");
        var clone = clone(origin, "core.autocrlf=true");
        assertThat(Files.readString(clone.resolve("files/a.conf"))).isEqualTo("a\r\nb\r\n");
        assertSame(clone, Map.of());
        // As most have it: for the user, not for the clone.
        origin.git("-C", clone.toString(), "config", "--unset", "core.autocrlf");
        var settings = Files.writeString(directory.resolve("gitconfig"), "[core]\n\tautocrlf = true\n");
        touch(clone, "files/a.conf");
        assertSame(clone, Map.of("GIT_CONFIG_GLOBAL", settings.toString()));
    }

    @Test
    void aChangedFileIsReadAsItWouldBeAdded() throws IOException {
        var origin = Origin.withOneApp(directory);
        Files.writeString(origin.work().resolve(".gitattributes"), "*.conf text\n");
        origin.write("files/a.conf", "a\n");
        origin.commitAndPush("File");
        origin.write("files/a.conf", "changed\r\n");
        origin.write("files/new.conf", "new\r\n");
        origin.write("files/new.bin", "new\r\n");
        var tree = local(origin.work(), null);
        assertThat(tree.dirty()).isTrue();
        assertThat(ConfigRepositoryTest.text(tree.source(), "files/a.conf")).isEqualTo("changed\n");
        assertThat(ConfigRepositoryTest.text(tree.source(), "files/new.conf")).isEqualTo("new\n");
        assertThat(ConfigRepositoryTest.text(tree.source(), "files/new.bin")).isEqualTo("new\r\n");
        origin.commit("Changed");
        assertSame(origin.work(), Map.of());
    }

    @Test
    void whatAFilterStoresIsReadAndNoFilterIsRun() throws IOException {
        var origin = Origin.withOneApp(directory);
        origin.git("config", "filter.up.clean", "tr a-z A-Z");
        origin.git("config", "filter.up.smudge", "tr A-Z a-z");
        Files.writeString(origin.work().resolve(".gitattributes"), "*.up filter=up\n*.gone filter=gone\n");
        origin.write("files/a.up", "secret\n");
        origin.write("files/a.gone", "plain\n");
        origin.commitAndPush("Filtered");
        assertThat(ConfigRepositoryTest.text(local(origin.work(), "HEAD").source(), "files/a.up"))
                .isEqualTo("SECRET\n");
        origin.git("config", "filter.up.clean", "touch " + directory.resolve("ran") + "; cat");
        var tree = local(origin.work(), null).source();
        assertThat(ConfigRepositoryTest.text(tree, "files/a.gone")).isEqualTo("plain\n");
        origin.write("files/a.up", "changed\n");
        var changed = local(origin.work(), null).source();
        assertThatThrownBy(() -> changed.read("files/a.up"))
                .isInstanceOf(Source.UnreadableFile.class)
                .hasMessageContaining("filter up");
        assertThat(directory.resolve("ran")).doesNotExist();
    }

    @Test
    void symlinksThatWereCheckedOutAsTextAreFollowedAllTheSame() throws IOException {
        var origin = Origin.withOneApp(directory);
        origin.write("files/v2/a.conf", "a\n");
        Files.createSymbolicLink(origin.work().resolve("apps/copy.yaml"), Path.of("web.yaml"));
        Files.createSymbolicLink(origin.work().resolve("files/current"), Path.of("v2"));
        Files.createSymbolicLink(origin.work().resolve("apps/out.yaml"), Path.of("/etc/passwd"));
        origin.commitAndPush("Links");
        var clone = clone(origin, "core.symlinks=false");
        assertThat(Files.isSymbolicLink(clone.resolve("apps/copy.yaml"))).isFalse();
        assertThat(Files.isRegularFile(clone.resolve("apps/copy.yaml"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
        for (var ref : new @Nullable String[] {"HEAD", null}) {
            try (var repository = ConfigRepository.open(new RepositoryLocation.Local(clone, ref, "."))) {
                var checkout = repository.checkout();
                assertThat(checkout.dirty()).isFalse();
                assertThat(ConfigRepositoryTest.text(checkout.source(), "apps/copy.yaml"))
                        .startsWith("name: web");
                assertThat(ConfigRepositoryTest.text(checkout.source(), "files/current/a.conf"))
                        .isEqualTo("a\n");
                assertThatThrownBy(() -> checkout.source().read("apps/out.yaml"))
                        .hasMessageContaining(Entry.LEAVES);
            }
        }
    }

    @Test
    void filesThatASparseCheckoutLeavesOutBelongToItAllTheSame() throws IOException {
        var origin = Origin.withOneApp(directory);
        origin.write("apps/db.yaml", "image: postgres:17\n");
        origin.commitAndPush("Add db");
        var clone = clone(origin);
        origin.git("-C", clone.toString(), "update-index", "--skip-worktree", "apps/db.yaml");
        Files.delete(clone.resolve("apps/db.yaml"));
        assertSame(clone, Map.of());
    }
}
