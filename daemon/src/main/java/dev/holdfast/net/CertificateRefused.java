package dev.holdfast.net;

import java.security.cert.CertificateException;

/// A server's certificate that is not accepted; the message names the server and says what is wrong with it.
public final class CertificateRefused extends CertificateException {

    private final boolean unknownAuthority;

    CertificateRefused(String message, boolean unknownAuthority, Throwable cause) {
        super(message, cause);
        this.unknownAuthority = unknownAuthority;
    }

    /// Whether trusting one more authority would help.
    public boolean unknownAuthority() {
        return unknownAuthority;
    }
}
