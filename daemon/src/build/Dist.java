import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Puts the program together: `bin/holdfast`, and `lib/` with all jars and the AOT cache that makes it start in a
/// fraction of the time.
///
/// Arguments: the launcher, our own jar, the folder to fill, a small configuration repository to rehearse with, and the
/// runtime class path.
final class Dist {

    /// The signature files of a signed jar. Classes of signed jars are left out of AOT caches, and a changed jar
    /// with a
    /// signature would not load.
    private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");

    private static final int REHEARSAL_SECONDS = 120;

    public static void main(String[] args) throws Exception {
        var launcher = Path.of(args[0]);
        var ownJar = Path.of(args[1]);
        var dist = Path.of(args[2]);
        var sample = Path.of(args[3]);
        var bin = Files.createDirectories(dist.resolve("bin")).resolve("holdfast");
        var lib = Files.createDirectories(dist.resolve("lib"));

        var wanted = new TreeSet<String>();
        wanted.add("holdfast.jar");
        copyIfChanged(ownJar, lib.resolve("holdfast.jar"));
        for (var entry : args[4].split(File.pathSeparator)) {
            var jar = Path.of(entry);
            if (entry.endsWith(".jar") && Files.isRegularFile(jar)) {
                wanted.add(jar.getFileName().toString());
                copyIfChanged(jar, lib.resolve(jar.getFileName()));
            }
        }
        removeOthers(lib, wanted);
        Files.copy(launcher, bin, StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(bin, PosixFilePermissions.fromString("rwxr-xr-x"));
        rehearse(bin, lib.resolve("holdfast.aot"), sample);
    }

    private static void copyIfChanged(Path from, Path to) throws IOException {
        if (Files.exists(to) && Files.getLastModifiedTime(to).compareTo(Files.getLastModifiedTime(from)) == 0) {
            return;
        }
        if (isSigned(from)) {
            copyWithoutSignature(from, to);
        } else {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.setLastModifiedTime(to, Files.getLastModifiedTime(from));
    }

    private static boolean isSigned(Path jar) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            return zip.stream().anyMatch(Dist::isSignature);
        }
    }

    private static boolean isSignature(ZipEntry entry) {
        return SIGNATURE.matcher(entry.getName()).matches();
    }

    private static void copyWithoutSignature(Path from, Path to) throws IOException {
        try (var zip = new ZipFile(from.toFile());
                var out = new ZipOutputStream(Files.newOutputStream(to))) {
            for (var entries = zip.entries(); entries.hasMoreElements(); ) {
                var entry = entries.nextElement();
                if (!isSignature(entry)) {
                    var copy = new ZipEntry(entry.getName());
                    copy.setTime(entry.getTime());
                    out.putNextEntry(copy);
                    zip.getInputStream(entry).transferTo(out);
                    out.closeEntry();
                }
            }
        }
    }

    private static void removeOthers(Path lib, TreeSet<String> wanted) throws IOException {
        try (var files = Files.list(lib)) {
            for (var file : files.sorted(Comparator.naturalOrder()).toList()) {
                if (!wanted.contains(file.getFileName().toString())) {
                    Files.delete(file);
                }
            }
        }
    }

    /// Runs the commands once, without a Swarm, and lets the JVM note which classes they needed. Without the cache
    /// the
    /// program works all the same, only slower to start: a failure is told, not thrown.
    private static void rehearse(Path bin, Path cache, Path sample) throws IOException, InterruptedException {
        var log = cache.resolveSibling("../../rehearsal.log").normalize();
        var run = new ProcessBuilder(bin.toString(), "rehearse", sample.toString());
        run.environment().put("JAVA_HOME", System.getProperty("java.home"));
        run.environment().put("HOLDFAST_JAVA_OPTS", "-XX:AOTCacheOutput=" + cache);
        var process = run.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        var ended = process.waitFor(REHEARSAL_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        if (!ended || process.exitValue() != 0 || !Files.exists(cache)) {
            Files.deleteIfExists(cache);
            System.out.println("No AOT cache could be made, so the program will take longer to start; see " + log);
        }
    }
}
