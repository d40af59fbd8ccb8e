package dev.holdfast.net;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What `NO_PROXY` excepts: `*`, hosts with all below them (`example.org`, `.example.org`, `*.example.org`), addresses,
/// networks (`10.0.0.0/8`), each perhaps with a port; separated by commas or blanks.
final class NoProxy {

    private static final Pattern WITH_PORT = Pattern.compile("(\\[[^\\]]+\\]|[^:]+):([0-9]{1,5})");
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private final String[] entries;

    NoProxy(String text) {
        this.entries = text.strip().split("[,\\s]+");
    }

    boolean holdsFor(String host, int port) {
        var plain = plain(host);
        return Arrays.stream(entries).filter(entry -> !entry.isEmpty()).anyMatch(entry -> holds(entry, plain, port));
    }

    private static boolean holds(String entry, String host, int port) {
        if (entry.equals("*")) {
            return true;
        }
        var withPort = WITH_PORT.matcher(entry);
        if (withPort.matches()) {
            return Integer.parseInt(withPort.group(2)) == port && names(withPort.group(1), host);
        }
        return names(entry, host);
    }

    private static boolean names(String entry, String host) {
        var address = address(host);
        var slash = entry.indexOf('/');
        if (slash > 0) {
            return address.isPresent()
                    && isInNetwork(entry.substring(0, slash), entry.substring(slash + 1), address.get());
        }
        var plain = plain(entry.replaceFirst("^\\*?\\.", ""));
        if (address.isPresent()) {
            return address(plain).filter(address.get()::equals).isPresent();
        }
        return host.equals(plain) || host.endsWith("." + plain);
    }

    private static boolean isInNetwork(String network, String bits, InetAddress address) {
        var base = address(plain(network)).map(InetAddress::getAddress).orElse(new byte[0]);
        var asked = address.getAddress();
        if (base.length != asked.length || !bits.matches("[0-9]{1,3}")) {
            return false;
        }
        var length = Integer.parseInt(bits);
        for (int i = 0; i < Math.min(length, asked.length * 8); i++) {
            var mask = 0x80 >> (i % 8);
            if ((base[i / 8] & mask) != (asked[i / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    /// Of a literal only: no name is looked up.
    private static Optional<InetAddress> address(String text) {
        try {
            return ADDRESS.matcher(text).matches() ? Optional.of(InetAddress.ofLiteral(text)) : Optional.empty();
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private static String plain(String host) {
        return host.replaceAll("[\\[\\]]", "").replaceFirst("\\.$", "").toLowerCase(Locale.ROOT);
    }
}
