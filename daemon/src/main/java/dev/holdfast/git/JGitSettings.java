package dev.holdfast.git;

import java.io.File;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/// Keeps JGit from looking around on the machine: it would run `git` to find the system's settings, read the user's,
/// and
/// spend seconds at the first start on measuring the file system's clock, to write the result into the home directory.
final class JGitSettings extends SystemReader.Delegate {

    /// What a file system's time stamps are assumed to be good for. Coarser than any real one: it only costs a
    /// second look at files that were written within this time.
    private static final long COARSE_MILLIS = 20;

    private JGitSettings(SystemReader real) {
        super(real);
    }

    static synchronized void install() {
        if (!(SystemReader.getInstance() instanceof JGitSettings)) {
            FS.FileStoreAttributes.setBackground(true);
            SystemReader.setInstance(new JGitSettings(SystemReader.getInstance()));
        }
    }

    @Override
    public @Nullable String getenv(String variable) {
        return variable.startsWith("GIT_") ? null : super.getenv(variable);
    }

    @Override
    public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
        return new InMemory(parent, fs);
    }

    @Override
    public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
        return new InMemory(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
        return new InMemory(parent, fs);
    }

    /// Settings without a file.
    private static final class InMemory extends FileBasedConfig {

        InMemory(@Nullable Config parent, FS fs) {
            super(parent, new File("in-memory"), fs);
        }

        @Override
        public void load() {}

        @Override
        public void save() {}

        @Override
        public boolean isOutdated() {
            return false;
        }

        @Override
        public long getTimeUnit(
                String section, @Nullable String subsection, String name, long defaultValue, TimeUnit unit) {
            return section.equals("filesystem")
                    ? unit.convert(COARSE_MILLIS, TimeUnit.MILLISECONDS)
                    : super.getTimeUnit(section, subsection, name, defaultValue, unit);
        }
    }
}
