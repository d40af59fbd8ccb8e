package dev.holdfast.git;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What Git's own settings of this machine and its user say, where the network or the form of a work tree depends on
/// them. Nothing else of them is followed.
final class MachineConfig {

    private static final Logger LOG = LoggerFactory.getLogger(MachineConfig.class);
    private static final int MOST_VARIABLES = 1000;

    private final Map<String, String> environment;
    private final Config config;

    private MachineConfig(Map<String, String> environment, Config config) {
        this.environment = environment;
        this.config = config;
    }

    /// @param environment says, as to Git, where the files are: `HOME`, `XDG_CONFIG_HOME`, `GIT_CONFIG_GLOBAL` …
    static MachineConfig of(Map<String, String> environment) {
        Config config = new Config();
        for (var file : files(environment)) {
            if (file.canRead() && file.isFile()) {
                config = read(file, config);
            }
        }
        return new MachineConfig(environment, variables(environment, config));
    }

    private static Config read(File file, Config base) {
        var read = new FileBasedConfig(base, file, FS.DETECTED);
        try {
            read.load();
            return read;
        } catch (IOException | ConfigInvalidException | RuntimeException e) {
            LOG.warn("Git's settings in {} cannot be read and are not followed: {}", file, e.getMessage());
            return base;
        }
    }

    private static List<File> files(Map<String, String> environment) {
        var files = new ArrayList<File>();
        var none = environment.getOrDefault("GIT_CONFIG_NOSYSTEM", "");
        if (none.isEmpty() || none.matches("(?i)0|false|no|off")) {
            files.add(new File(environment.getOrDefault("GIT_CONFIG_SYSTEM", "/etc/gitconfig")));
        }
        var global = environment.get("GIT_CONFIG_GLOBAL");
        var home = environment.get("HOME");
        if (global != null) {
            files.add(new File(global));
        } else if (home != null) {
            var xdg = environment.getOrDefault("XDG_CONFIG_HOME", "");
            files.add(new File(xdg.isEmpty() ? home + "/.config" : xdg, "git/config"));
            files.add(new File(home, ".gitconfig"));
        }
        return files;
    }

    /// `GIT_CONFIG_COUNT`, `GIT_CONFIG_KEY_0`, `GIT_CONFIG_VALUE_0` …
    private static Config variables(Map<String, String> environment, Config base) {
        var count = environment.getOrDefault("GIT_CONFIG_COUNT", "0");
        if (!count.matches("[1-9][0-9]{0,3}")) {
            return base;
        }
        var config = new Config(base);
        for (int i = 0; i < Math.min(MOST_VARIABLES, Integer.parseInt(count)); i++) {
            var key = environment.getOrDefault("GIT_CONFIG_KEY_" + i, "");
            var value = environment.getOrDefault("GIT_CONFIG_VALUE_" + i, "");
            var first = key.indexOf('.');
            var last = key.lastIndexOf('.');
            if (first > 0) {
                var subsection = first == last ? null : key.substring(first + 1, last);
                config.setString(key.substring(0, first), subsection, key.substring(last + 1), value);
            }
        }
        return config;
    }

    @Nullable
    String get(String section, @Nullable String subsection, String name) {
        return config.getString(section, subsection, name);
    }

    /// Whether a filter of that name is set up, so that files with it are not stored as they are.
    boolean hasFilter(String name) {
        return config.getString("filter", name, "clean") != null || config.getString("filter", name, "process") != null;
    }

    /// A setting of `http`, perhaps for this server only. Git writes an empty value where it is to be as without.
    Optional<String> http(String name, URIish uri) {
        String found = config.getString("http", null, name);
        if (found == null && config.getNames("http").contains(name.toLowerCase(java.util.Locale.ROOT))) {
            found = "";
        }
        UrlPattern best = null;
        for (var subsection : config.getSubsections("http")) {
            var pattern = UrlPattern.of(subsection, uri);
            var there = config.getNames("http", subsection).contains(name.toLowerCase(java.util.Locale.ROOT));
            if (pattern != null && there && (best == null || pattern.compareTo(best) >= 0)) {
                best = pattern;
                var value = config.getString("http", subsection, name);
                found = value == null ? "" : value;
            }
        }
        return Optional.ofNullable(found);
    }

    /// A path as Git reads it: `~/` is the home directory.
    Path path(String text) {
        var home = environment.get("HOME");
        return text.startsWith("~/") && home != null ? Path.of(home, text.substring(2)) : Path.of(text);
    }
}
