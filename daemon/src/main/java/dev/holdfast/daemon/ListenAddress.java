package dev.holdfast.daemon;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/// An address of this machine and a port that can be listened on: `127.0.0.1:8420`, `[::1]:8420`, `localhost:8420`, or
/// `:8420` for all addresses.
final class ListenAddress {

    /// Address, in brackets where it is one of IPv6, and port.
    static final String FORM = "(\\[[0-9A-Fa-f:.]+\\]|[^:\\[\\]\\s]*):([0-9]{1,5})";

    private static final Pattern PATTERN = Pattern.compile(FORM);

    private ListenAddress() {}

    /// @throws IOException where the name has no address
    static InetSocketAddress parse(String text) throws IOException {
        var form = PATTERN.matcher(text);
        if (!form.matches()) {
            throw new IOException("must be ADDRESS:PORT");
        }
        var port = Integer.parseInt(form.group(2));
        var host = form.group(1);
        if (host.isEmpty() || host.equals("*")) {
            return new InetSocketAddress(port);
        }
        return new InetSocketAddress(InetAddress.getByName(host), port);
    }

    /// What is wrong with it besides its form.
    static Optional<String> fault(String text) {
        var form = PATTERN.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        var port = Integer.parseInt(form.group(2));
        if (port < 1 || port > 65_535) {
            return Optional.of("must have a port from 1 to 65535 (got " + port + ")");
        }
        try {
            var address = parse(text).getAddress();
            var ours = address.isAnyLocalAddress()
                    || address.isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(address) != null;
            return ours
                    ? Optional.empty()
                    : Optional.of("must be an address of this machine (got " + form.group(1) + ")");
        } catch (UnknownHostException e) {
            return Optional.of("must be an address of this machine, and the name " + form.group(1) + " has no address");
        } catch (IOException e) {
            return Optional.of("must be an address of this machine: " + e.getMessage());
        }
    }
}
