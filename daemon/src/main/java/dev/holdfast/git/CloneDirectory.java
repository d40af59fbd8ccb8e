package dev.holdfast.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The place of one clone in a cache, ours alone as long as we hold its lock. Who comes while it is taken (the command
/// line
/// beside the daemon) gets the next place, with a clone of its own: no one ever reads what another one is writing.
final class CloneDirectory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CloneDirectory.class);
    private static final int PLACES = 100;

    private final Path path;
    private final @Nullable FileChannel lock;

    private CloneDirectory(Path path, @Nullable FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /// @param cache null, or not writable for us, means a temporary place that is gone after [#close]
    static CloneDirectory take(@Nullable Path cache, String key) {
        try {
            if (cache != null) {
                try {
                    return place(cache, key);
                } catch (IOException e) {
                    LOG.info("cannot keep a clone in {} ({}): using a temporary one", cache, e.toString());
                }
            }
            return new CloneDirectory(Files.createTempDirectory("holdfast-").resolve("clone.git"), null);
        } catch (IOException e) {
            throw new GitProblem("there is no place for a clone: " + e.getMessage());
        }
    }

    private static CloneDirectory place(Path cache, String key) throws IOException {
        Files.createDirectories(cache);
        var name = "git-" + hash(key);
        for (int i = 0; i < PLACES; i++) {
            var channel = FileChannel.open(
                    cache.resolve(name + "-" + i + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                if (channel.tryLock() != null) {
                    return new CloneDirectory(cache.resolve(name + "-" + i + ".git"), channel);
                }
            } catch (OverlappingFileLockException heldByThisProcess) {
                LOG.debug("place {} is taken", i);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
            channel.close();
        }
        throw new IOException("all " + PLACES + " places are taken");
    }

    private static String hash(String key) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    Path path() {
        return path;
    }

    /// For us alone: a configuration repository is nobody else's business.
    Path create() throws IOException {
        return Files.createDirectory(
                path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /// Removes what a process that was killed left behind. Nobody else can be at work here.
    void sweep() throws IOException {
        try (var files = Files.walk(path)) {
            for (var file : (Iterable<Path>) files::iterator) {
                var name = file.getFileName().toString();
                if (Files.isRegularFile(file)
                        && (name.endsWith(".lock") || name.startsWith("incoming_") || name.endsWith(".tmp"))) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    static void delete(Path directory) throws IOException {
        List<Path> all;
        try (var files = Files.walk(directory)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        } catch (NoSuchFileException e) {
            return;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (var file : all) {
            Files.deleteIfExists(file);
        }
    }

    @Override
    public void close() {
        try {
            if (lock != null) {
                lock.close();
            } else if (path.getParent() != null) {
                delete(path.getParent());
            }
        } catch (IOException e) {
            LOG.info("could not clean up {}: {}", path, e.getMessage());
        }
    }
}
