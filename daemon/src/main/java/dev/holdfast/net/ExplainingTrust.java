package dev.holdfast.net;

import java.net.Socket;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Checks certificates as Java does, and says what is wrong with one in words that help.
final class ExplainingTrust extends X509ExtendedTrustManager {

    private static final int MOST_NAMES = 5;

    private final X509ExtendedTrustManager real;

    ExplainingTrust(X509ExtendedTrustManager real) {
        this.real = real;
    }

    private interface Check {
        void run() throws CertificateException;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        var session = socket instanceof SSLSocket tls ? tls.getHandshakeSession() : null;
        check(chain, session, () -> real.checkServerTrusted(chain, authType, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain, engine.getHandshakeSession(), () -> real.checkServerTrusted(chain, authType, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain, null, () -> real.checkServerTrusted(chain, authType));
    }

    private static void check(X509Certificate[] chain, @Nullable SSLSession session, Check check)
            throws CertificateException {
        try {
            check.run();
            // Java does not look at the dates of a certificate that is trusted itself.
            chain[0].checkValidity();
        } catch (CertificateException e) {
            var host = session == null ? "the server" : session.getPeerHost() + ":" + session.getPeerPort();
            var unknown = isUnknownAuthority(e);
            throw new CertificateRefused(
                    "the certificate of " + host + " " + String.join(", and ", faults(chain, e, unknown)), unknown, e);
        }
    }

    private static boolean isUnknownAuthority(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathBuilderException) {
                return true;
            }
        }
        return false;
    }

    private static List<String> faults(X509Certificate[] chain, CertificateException e, boolean unknownAuthority) {
        var faults = new ArrayList<String>();
        var now = new Date();
        for (int i = 0; i < chain.length; i++) {
            var whose = i == 0 ? "" : "is signed by " + name(chain[i]) + ", whose certificate ";
            if (now.after(chain[i].getNotAfter())) {
                faults.add(whose + "has expired on " + chain[i].getNotAfter().toInstant());
            } else if (now.before(chain[i].getNotBefore())) {
                faults.add(whose + "is not valid before "
                        + chain[i].getNotBefore().toInstant() + " (is this machine's clock right?)");
            }
        }
        if (unknownAuthority) {
            var last = chain[chain.length - 1];
            var self = chain.length == 1 && last.getIssuerX500Principal().equals(last.getSubjectX500Principal());
            faults.add(
                    self
                            ? "is signed by nobody but itself, and not trusted here"
                            : "is signed by an authority that is not trusted here ("
                                    + printable(last.getIssuerX500Principal().getName()) + ")");
        }
        var said = String.valueOf(e.getMessage());
        if (said.contains("No name matching") || said.contains("No subject alternative")) {
            faults.add("is for other names: " + names(chain[0]));
        }
        if (faults.isEmpty()) {
            faults.add("is not accepted: " + printable(innermost(e)));
        }
        return faults;
    }

    private static String name(X509Certificate certificate) {
        return printable(certificate.getSubjectX500Principal().getName());
    }

    private static String names(X509Certificate certificate) {
        var names = new ArrayList<String>();
        try {
            var alternatives = certificate.getSubjectAlternativeNames();
            for (var alternative : alternatives == null ? List.<List<?>>of() : alternatives) {
                if (alternative.get(1) instanceof String name) {
                    names.add(printable(name));
                }
            }
        } catch (CertificateException unreadable) {
            return "its list of names cannot be read";
        }
        if (names.isEmpty()) {
            return name(certificate) + ", without a subject alternative name";
        }
        return String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())))
                + (names.size() > MOST_NAMES ? ", …" : "");
    }

    private static String innermost(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    /// A stranger's server wrote it.
    private static String printable(String text) {
        var clean = text.replaceAll("\\p{C}", "?");
        return clean.length() > 200 ? clean.substring(0, 200) + "…" : clean;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        real.checkClientTrusted(chain, authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        real.checkClientTrusted(chain, authType, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        real.checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return real.getAcceptedIssuers();
    }
}
