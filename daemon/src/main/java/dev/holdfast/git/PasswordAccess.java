package dev.holdfast.git;

import java.io.IOException;
import java.nio.file.Files;
import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/// Answers what a server asks for with the configured user and password, and every other question (trust this
/// certificate? store that?) with no.
final class PasswordAccess extends CredentialsProvider {

    private final @Nullable String user;
    private final @Nullable String password;

    private final URIish repository;
    private @Nullable String stranger;

    private PasswordAccess(@Nullable String user, @Nullable String password, URIish repository) {
        this.user = user;
        this.password = password;
        this.repository = repository;
    }

    /// @param repository whose server alone is told the password
    static PasswordAccess of(Credentials credentials, URIish repository) {
        var file = credentials.passwordFile();
        if (file == null) {
            return new PasswordAccess(credentials.username(), null, repository);
        }
        try {
            var user = credentials.username();
            return new PasswordAccess(
                    user == null ? "git" : user, Files.readString(file).strip(), repository);
        } catch (IOException e) {
            throw new GitProblem("cannot read the password file " + file + ": "
                    + (Files.exists(file) ? e.getMessage() : "there is no such file"));
        }
    }

    @Nullable
    String password() {
        return password;
    }

    /// Another server, to which the repository's has led, and which asked for the password in vain.
    @Nullable
    String stranger() {
        return stranger;
    }

    @Override
    public boolean isInteractive() {
        return false;
    }

    @Override
    public boolean supports(CredentialItem... items) {
        for (var item : items) {
            if (!(item instanceof CredentialItem.Username || item instanceof CredentialItem.Password)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean get(URIish uri, CredentialItem... items) {
        if (user == null || password == null) {
            return false;
        }
        if (uri.getHost() != null
                && !HttpConnections.isFor(repository, uri.getScheme(), uri.getHost(), uri.getPort())) {
            stranger = uri.getScheme() + "://" + uri.getHost() + (uri.getPort() > 0 ? ":" + uri.getPort() : "");
            return false;
        }
        for (var item : items) {
            switch (item) {
                case CredentialItem.Username name -> name.setValue(user);
                case CredentialItem.Password secret -> secret.setValue(password.toCharArray());
                default -> {
                    return false;
                }
            }
        }
        return true;
    }
}
