package dev.holdfast.daemon;

import dev.holdfast.daemon.DaemonSettings.RepositorySettings;
import dev.holdfast.daemon.SettingsRules.Fault;
import dev.holdfast.git.RepositoryLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Whether a repository's URL and credentials fit together.
final class RepositoryRules {

    private static final Pattern URL = Pattern.compile("(?:(?:https?|ssh|file)://|/|[^/:\\s]+:).+");
    private static final Pattern SSH = Pattern.compile("ssh://.*|(?![^/]*://)[^/:]+:.*");
    private static final Pattern PASSWORD = Pattern.compile("https?://[^/@]*@.*|[a-z]+://[^/@]*:[^/@]*@.*");

    private final List<Fault> faults = new ArrayList<>();

    private RepositoryRules() {}

    static List<Fault> faults(RepositorySettings settings) {
        var rules = new RepositoryRules();
        if (!settings.url().isEmpty()) {
            rules.check(settings);
        }
        return rules.faults;
    }

    private void check(RepositorySettings settings) {
        var url = settings.url();
        if (PASSWORD.matcher(url).matches()) {
            say("url", "must hold no user and password: write username and password_file");
            return;
        }
        if (!URL.matcher(url).matches() || url.contains("://") && !url.matches("(?:https?|ssh|file)://.+")) {
            say("url", "must be https://…, ssh://…, git@host:path, file://… or an absolute path");
            return;
        }
        say("url", RepositoryLocation.faultOfUrl(url));
        say("branch", RepositoryLocation.faultOfRef(settings.branch()));
        say("path", RepositoryLocation.faultOfPath(settings.path()));
        say("username", faultOfUser(settings.username()));
        if (SSH.matcher(url).matches() && settings.sshKeyFile() == null) {
            say("sshKeyFile", "is missing: a repository over ssh needs it");
        }
        if (SSH.matcher(url).matches() && settings.knownHostsFile() == null) {
            say("knownHostsFile", "is missing: a repository over ssh needs it (ssh-keyscan HOST writes one)");
        }
        if (settings.username() != null && settings.passwordFile() == null) {
            say("passwordFile", "is missing: there is a username");
        }
    }

    /// A colon ends the user's name in what is sent.
    private static @Nullable String faultOfUser(@Nullable String user) {
        return user == null || user.matches("[^:\\p{Cntrl}]+") ? null : "must be a name without colon";
    }

    private void say(String component, @Nullable String fault) {
        if (fault != null) {
            faults.add(new Fault(component, fault));
        }
    }
}
