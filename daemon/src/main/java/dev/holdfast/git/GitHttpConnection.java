package dev.holdfast.git;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.ProtocolException;
import java.net.URL;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.jspecify.annotations.Nullable;

/// JGit's view of a connection of Java's, of which it can change neither what is trusted nor who is told the login.
final class GitHttpConnection implements HttpConnection {

    private final HttpURLConnection real;
    private final boolean mayLogIn;

    GitHttpConnection(HttpURLConnection real, boolean mayLogIn) {
        this.real = real;
        this.mayLogIn = mayLogIn;
    }

    @Override
    public void setRequestProperty(String key, String value) {
        if (mayLogIn || !key.equalsIgnoreCase("Authorization")) {
            real.setRequestProperty(key, value);
        }
    }

    @Override
    public void configure(KeyManager[] keys, TrustManager[] trust, SecureRandom random) {
        throw new UnsupportedOperationException("certificates are always checked");
    }

    @Override
    public void setHostnameVerifier(HostnameVerifier verifier) {
        throw new UnsupportedOperationException("certificates are always checked");
    }

    @Override
    public int getResponseCode() throws IOException {
        return real.getResponseCode();
    }

    @Override
    public URL getURL() {
        return real.getURL();
    }

    @Override
    public String getResponseMessage() throws IOException {
        return real.getResponseMessage();
    }

    @Override
    public Map<String, List<String>> getHeaderFields() {
        return real.getHeaderFields();
    }

    @Override
    public List<String> getHeaderFields(String name) {
        return real.getHeaderFields().entrySet().stream()
                .filter(field -> name.equalsIgnoreCase(field.getKey()) && field.getValue() != null)
                .flatMap(field -> field.getValue().stream())
                .toList();
    }

    @Override
    public @Nullable String getHeaderField(String name) {
        return real.getHeaderField(name);
    }

    @Override
    public void setRequestMethod(String method) throws ProtocolException {
        real.setRequestMethod(method);
    }

    @Override
    public String getRequestMethod() {
        return real.getRequestMethod();
    }

    @Override
    public void setUseCaches(boolean caches) {
        real.setUseCaches(caches);
    }

    @Override
    public void setConnectTimeout(int millis) {
        real.setConnectTimeout(millis);
    }

    @Override
    public void setReadTimeout(int millis) {
        real.setReadTimeout(millis);
    }

    @Override
    public @Nullable String getContentType() {
        return real.getContentType();
    }

    @Override
    public int getContentLength() {
        return real.getContentLength();
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return real.getInputStream();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return real.getOutputStream();
    }

    @Override
    public void setInstanceFollowRedirects(boolean follow) {
        real.setInstanceFollowRedirects(follow);
    }

    @Override
    public void setDoOutput(boolean output) {
        real.setDoOutput(output);
    }

    @Override
    public void setFixedLengthStreamingMode(int length) {
        real.setFixedLengthStreamingMode(length);
    }

    @Override
    public void setChunkedStreamingMode(int length) {
        real.setChunkedStreamingMode(length);
    }

    @Override
    public boolean usingProxy() {
        return real.usingProxy();
    }

    @Override
    public void connect() throws IOException {
        real.connect();
    }
}
