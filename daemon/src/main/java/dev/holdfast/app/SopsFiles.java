package dev.holdfast.app;

import dev.holdfast.sops.Decryption;
import dev.holdfast.sops.Opened;
import dev.holdfast.sops.SopsFault;
import dev.holdfast.sops.SopsFormat;
import dev.holdfast.yaml.Problems;
import dev.holdfast.yaml.Words;
import dev.holdfast.yaml.Yaml;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The encrypted files of a repository, as they are asked for. One that cannot be opened is an error in that file, and
/// holds only what uses it.
final class SopsFiles {

    private final ContentFiles files;
    private final Decryption decryption;
    private final Problems problems;
    private final Set<String> asked = new TreeSet<>();
    private final Set<String> failed = new TreeSet<>();

    SopsFiles(ContentFiles files, Decryption decryption, Problems problems) {
        this.files = files;
        this.decryption = decryption;
        this.problems = problems;
    }

    static boolean isEncrypted(String path, byte[] content) {
        return SopsFormat.of(path, content).isPresent();
    }

    /// All that were asked for, as [Source#paths] has them.
    Set<String> asked() {
        return asked;
    }

    /// Those that could not be opened.
    Set<String> failed() {
        return failed;
    }

    /// What is in a file that is to be there; empty after telling what is wrong.
    ///
    /// @param named gets what is wrong with the name
    Optional<Opened> open(String written, Consumer<String> named) {
        var path = ContentFiles.clean(written);
        if (path == null) {
            named.accept("must be a path inside the repository");
            return Optional.empty();
        }
        asked.add(path);
        return files.read(path, false, named).flatMap(bytes -> open(path, bytes));
    }

    /// The same of a file that is read already.
    Optional<Opened> open(String path, byte[] content) {
        asked.add(path);
        try {
            var opened = decryption.open(path, content);
            if (decryption.formOnly()) {
                problems.warning(
                        FileCode.ENCRYPTED_UNREAD,
                        Yaml.Place.of(path),
                        "",
                        "is encrypted with SOPS and was not opened, since no key was given: its form is right, what it"
                                + " holds is not known here (--age-key-file FILE opens it)");
            }
            return Optional.of(opened);
        } catch (SopsFault fault) {
            failed.add(path);
            problems.error(fault.place(), "", fault.message());
            return Optional.empty();
        }
    }

    /// One value of a file, or all of it; empty after telling what is wrong.
    ///
    /// @param wrong gets what is wrong with the key
    Optional<byte[]> value(Opened opened, String file, @Nullable String key, Consumer<String> wrong) {
        if (key == null) {
            return Optional.of(opened.whole());
        }
        var value = opened.value(key);
        if (value.isEmpty()) {
            var near = Words.nearest(key, opened.keys());
            wrong.accept("the file %s has no key %s; ".formatted(file, key)
                    + (near == null
                            ? "it has "
                                    + String.join(
                                            ", ",
                                            opened.keys().stream().limit(10).toList())
                            : "did you mean %s?".formatted(near)));
        }
        return value;
    }
}
