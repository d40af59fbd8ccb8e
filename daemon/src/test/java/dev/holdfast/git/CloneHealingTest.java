package dev.holdfast.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CloneHealingTest {

    @TempDir
    Path directory;

    private ConfigRepository open(Origin origin) {
        return open(origin, directory.resolve("cache"));
    }

    private static ConfigRepository open(Origin origin, @Nullable Path cache) {
        return ConfigRepository.open(new RepositoryLocation.Remote(origin.url(), null, ".", Credentials.NONE, cache));
    }

    private List<Path> clones() throws IOException {
        try (var files = Files.list(directory.resolve("cache"))) {
            return files.filter(file -> file.toString().endsWith(".git")).toList();
        }
    }

    enum Damage {
        NOTHING_BUT_A_DIRECTORY,
        A_FILE_IN_ITS_PLACE,
        NO_CONFIG,
        A_CONFIG_OF_RUBBISH,
        NO_OBJECTS,
        EMPTY_PACKS,
        RUBBISH_IN_PACKS,
        NO_INDEXES,
        LOCKS_LEFT_BEHIND,
        A_REF_OF_RUBBISH,
        HALF_A_PACK_OF_A_KILLED_FETCH;

        void to(Path clone) throws IOException {
            switch (this) {
                case NOTHING_BUT_A_DIRECTORY -> {
                    CloneDirectory.delete(clone);
                    Files.createDirectory(clone);
                }
                case A_FILE_IN_ITS_PLACE -> {
                    CloneDirectory.delete(clone);
                    Files.writeString(clone, "?");
                }
                case NO_CONFIG -> Files.delete(clone.resolve("config"));
                case A_CONFIG_OF_RUBBISH -> Files.writeString(clone.resolve("config"), "[core\n\u0000");
                case NO_OBJECTS -> CloneDirectory.delete(clone.resolve("objects"));
                case EMPTY_PACKS -> overwrite(clone, ".pack", false);
                case RUBBISH_IN_PACKS -> overwrite(clone, ".pack", true);
                case NO_INDEXES -> overwrite(clone, ".idx", false);
                case LOCKS_LEFT_BEHIND -> {
                    Files.createDirectories(clone.resolve("refs/holdfast"));
                    Files.createFile(clone.resolve("refs/heads/main.lock"));
                    Files.createFile(clone.resolve("packed-refs.lock"));
                    Files.createFile(clone.resolve("refs/holdfast/asked.lock"));
                }
                case A_REF_OF_RUBBISH -> Files.writeString(clone.resolve("refs/heads/main"), "rubbish");
                case HALF_A_PACK_OF_A_KILLED_FETCH ->
                    Files.writeString(clone.resolve("objects/pack/incoming_1.pack"), "PACK");
            }
        }

        private static void overwrite(Path clone, String kind, boolean keepSize) throws IOException {
            try (var files = Files.list(clone.resolve("objects/pack"))) {
                for (var file :
                        files.filter(each -> each.toString().endsWith(kind)).toList()) {
                    file.toFile().setWritable(true);
                    var bytes = Files.readAllBytes(file);
                    for (int i = 12; i < bytes.length; i++) {
                        bytes[i] = (byte) (bytes[i] ^ 0x55);
                    }
                    Files.write(file, keepSize ? bytes : new byte[0]);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDamagedCloneHeals(Damage damage) throws IOException {
        var origin = Origin.withOneApp(directory);
        try (var repository = open(origin)) {
            repository.checkout();
        }
        damage.to(clones().getFirst());
        var commit = origin.commitAndPush("Next");
        try (var repository = open(origin)) {
            var checkout = repository.checkout();
            assertThat(checkout.commit()).isEqualTo(commit);
            assertThat(ConfigRepositoryTest.text(checkout.source(), "apps/web.yaml"))
                    .startsWith("name: web");
            assertThat(repository.checkout().commit()).isEqualTo(commit);
        }
        assertThat(clones()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void aCloneDamagedWhileItIsInUseHeals(Damage damage) throws IOException {
        var origin = Origin.withOneApp(directory);
        try (var repository = open(origin)) {
            repository.checkout();
            damage.to(clones().getFirst());
            var commit = origin.commitAndPush("Next");
            for (int i = 0; i < 2; i++) {
                var checkout = repository.checkout();
                assertThat(checkout.commit()).isEqualTo(commit);
                assertThat(ConfigRepositoryTest.text(checkout.source(), "apps/web.yaml"))
                        .startsWith("name: web");
            }
        }
    }

    @Test
    void filesCanBeReadAfterTheCloneWasThrownAway() throws IOException {
        var origin = Origin.withOneApp(directory);
        try (var repository = open(origin)) {
            var source = repository.checkout().source();
            CloneDirectory.delete(clones().getFirst());
            assertThat(ConfigRepositoryTest.text(source, "apps/web.yaml")).startsWith("name: web");
        }
    }

    @Test
    void twoThatUseOneCacheDoNotMeet() throws IOException {
        var origin = Origin.withOneApp(directory);
        try (var daemon = open(origin);
                var command = open(origin)) {
            assertThat(daemon.checkout().commit()).isEqualTo(command.checkout().commit());
            assertThat(clones()).hasSize(2);
        }
        try (var later = open(origin)) {
            later.checkout();
            assertThat(clones()).hasSize(2);
        }
    }

    @Test
    void aTemporaryCloneLeavesNothingBehind() throws IOException {
        var origin = Origin.withOneApp(directory);
        var before = temporary();
        try (var repository = open(origin, null)) {
            repository.checkout();
        }
        assertThat(temporary()).isEqualTo(before);
    }

    @Test
    void aCommitThatNobodyHasIsUnknownAndNoDamage() throws IOException {
        var origin = Origin.withOneApp(directory);
        try (var repository = open(origin)) {
            repository.checkout();
            var clone = identity(clones().getFirst());
            assertThatThrownBy(() -> repository.checkout("deadbeef".repeat(5)))
                    .isInstanceOf(GitProblem.class)
                    .hasMessageContaining("there is no branch, tag or commit \"deadbeef");
            assertThat(identity(clones().getFirst())).isEqualTo(clone);
        }
    }

    @Test
    void anotherStateIsReadInACloneThatIsKeptBesideTheDaemons() throws IOException {
        var origin = Origin.withOneApp(directory);
        origin.git("push", "-q", "origin", "HEAD:refs/pull/1/head");
        var daemon = new RepositoryLocation.Remote(
                origin.url(), null, ".", Credentials.NONE, directory.resolve("state/git"));
        var clones = new HashSet<Object>();
        for (var i = 0; i < 2; i++) {
            try (var repository = ConfigRepository.open(daemon.at("refs/pull/1/head"))) {
                assertThat(repository.checkout().subject()).isEqualTo("Add web");
            }
            try (var files = Files.list(directory.resolve("state/git-other-refs"))) {
                files.filter(file -> file.toString().endsWith(".git"))
                        .map(CloneHealingTest::identity)
                        .forEach(clones::add);
            }
        }
        assertThat(clones).hasSize(1);
        assertThat(directory.resolve("state/git")).doesNotExist();
    }

    private static Object identity(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> temporary() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.map(Path::toString)
                    .filter(name -> name.contains("holdfast-"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aCacheThatCannotBeWrittenIsNoHindrance() throws IOException {
        var origin = Origin.withOneApp(directory);
        var file = Files.writeString(directory.resolve("file"), "in the way");
        try (var repository = open(origin, file.resolve("cache"))) {
            assertThat(repository.checkout().subject()).isEqualTo("Add web");
        }
    }

    @Test
    void aMissingServerAndADamagedCloneTogetherMeanWaiting() throws IOException {
        var origin = Origin.withOneApp(directory);
        try (var repository = open(origin)) {
            repository.checkout();
            CloneDirectory.delete(clones().getFirst());
            var elsewhere = origin.bare().resolveSibling("moved");
            Files.move(origin.bare(), elsewhere);
            assertThatThrownBy(repository::checkout).isInstanceOf(GitFailure.class);
            Files.move(elsewhere, origin.bare());
            assertThat(repository.checkout().subject()).isEqualTo("Add web");
        }
    }
}
