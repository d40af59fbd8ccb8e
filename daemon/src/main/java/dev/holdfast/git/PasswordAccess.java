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

    private PasswordAccess(@Nullable String user, @Nullable String password) {
        this.user = user;
        this.password = password;
    }

    static PasswordAccess of(Credentials credentials) {
        var file = credentials.passwordFile();
        if (file == null) {
            return new PasswordAccess(credentials.username(), null);
        }
        try {
            var user = credentials.username();
            return new PasswordAccess(
                    user == null ? "git" : user, Files.readString(file).strip());
        } catch (IOException e) {
            throw new GitProblem("cannot read the password file " + file + ": "
                    + (Files.exists(file) ? e.getMessage() : "there is no such file"));
        }
    }

    @Nullable
    String password() {
        return password;
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
