package dev.holdfast.registry;

import java.util.Locale;
import java.util.Set;

/// Why a tag could not be looked up, from the engine's words to ours: what happened, and what to do about it.
enum Failure {
    TOO_MANY,
    LOGIN,
    NO_SUCH_IMAGE,
    CERTIFICATE,
    PLAIN_HTTP,
    REFUSED,
    SILENT,
    BROKEN;

    private static final Set<Integer> LOGIN_STATUS = Set.of(401, 403);

    /// @param status of the engine's answer, which makes 500 of much
    /// @param message the engine's, with the registry's in it
    static Failure of(int status, String message) {
        var text = message.toLowerCase(Locale.ROOT);
        if (status == 429 || has(text, "toomanyrequests", "too many requests")) {
            return TOO_MANY;
        }
        if (has(text, "x509:", "tls:", "certificate")) {
            return CERTIFICATE;
        }
        if (has(text, "server gave http response to https client")) {
            return PLAIN_HTTP;
        }
        if (LOGIN_STATUS.contains(status)
                || has(text, "no basic auth credentials", "unauthorized", "authentication required", "denied")
                        && !has(text, "permission denied")) {
            return LOGIN;
        }
        if (status == 404 || has(text, "manifest unknown", "name unknown", "not found: manifest")) {
            return NO_SUCH_IMAGE;
        }
        if (status == 504
                || has(text, "dial tcp", "i/o timeout", "deadline exceeded", "no such host", "connection refused")) {
            return SILENT;
        }
        return status == 400 ? REFUSED : BROKEN;
    }

    private static boolean has(String text, String... parts) {
        for (var part : parts) {
            if (text.contains(part)) {
                return true;
            }
        }
        return false;
    }

    /// Whether this registry says the same of every image, until something is done about it.
    boolean isOfTheRegistry() {
        return switch (this) {
            case TOO_MANY, CERTIFICATE, PLAIN_HTTP, SILENT -> true;
            case LOGIN, NO_SUCH_IMAGE, REFUSED, BROKEN -> false;
        };
    }

    Answer answer(String message, String registry, Logins.Found login) {
        // A connection has another number each time, and the reason shall read the same.
        var said = message.replaceAll("[0-9.]+:[0-9]+->", "") + ". ";
        return switch (this) {
            case TOO_MANY ->
                new Answer.Unknown(said + registry + " limits how often it is asked: log in there, or look for moved"
                        + " tags less often (schedule.images)");
            case LOGIN -> new Answer.Refused(said + login(registry, login));
            case NO_SUCH_IMAGE ->
                new Answer.Refused(said + registry + " has no such image or tag" + nobody(registry, login));
            case CERTIFICATE ->
                new Answer.Unknown(said + "The engine does not trust " + registry
                        + ": put the certificate of its authority into /etc/docker/certs.d/" + registry
                        + "/ca.crt on every node");
            case PLAIN_HTTP ->
                new Answer.Unknown(said + registry + " speaks no TLS: give it a certificate, or name it under"
                        + " insecure-registries in every node's /etc/docker/daemon.json");
            case REFUSED -> new Answer.Refused(message);
            case SILENT -> new Answer.Unknown(said + registry + " could not be reached from this manager");
            case BROKEN -> new Answer.Unknown(said + "Look at the log of " + registry);
        };
    }

    private static String login(String registry, Logins.Found login) {
        if (login.trouble() != null) {
            return registry + " asks for credentials, and they could not be had: " + login.trouble();
        }
        if (login.credential() != null) {
            return registry + " does not accept the credentials of " + login.source()
                    + ", or they may not read this image";
        }
        return registry + " asks for credentials, and " + login.source() + " has none for it: docker login "
                + (registry.equals(Servers.HUB) ? "" : registry + " ")
                + "as the user that runs Holdfast, or name them under registries in the daemon's settings";
    }

    private static String nobody(String registry, Logins.Found login) {
        return login.credential() == null && login.trouble() != null
                ? ", or none for those who do not log in (" + login.trouble() + ")"
                : "";
    }
}
