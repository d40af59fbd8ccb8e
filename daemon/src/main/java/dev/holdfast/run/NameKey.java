package dev.holdfast.run;

import java.security.SecureRandom;
import java.util.Base64;

/// The key from which the names of secrets and configs are made, so that they tell nothing of what is in them.
final class NameKey {

    private static final int BYTES = 32;

    private NameKey() {}

    /// @return a new one, Base64
    static String random() {
        var key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }
}
