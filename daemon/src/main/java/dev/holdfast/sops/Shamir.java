package dev.holdfast.sops;

import java.util.List;

/// Puts a data key together again that SOPS has split among groups of keys: Shamir's scheme over GF(2⁸), the field of
/// AES. Each part ends with its x.
final class Shamir {

    private Shamir() {}

    /// @param parts of the same length, each with an x of its own
    static byte[] combined(List<byte[]> parts) {
        var length = parts.getFirst().length - 1;
        var secret = new byte[length];
        for (var at = 0; at < length; at++) {
            var sum = 0;
            for (var one : parts) {
                sum ^= multiplied(one[at] & 0xFF, weight(one, parts));
            }
            secret[at] = (byte) sum;
        }
        return secret;
    }

    static boolean fitTogether(List<byte[]> parts) {
        var length = parts.getFirst().length;
        return length > 1
                && parts.stream().allMatch(part -> part.length == length)
                && parts.stream().map(Shamir::x).distinct().count() == parts.size();
    }

    /// Lagrange's factor of a part, at 0.
    private static int weight(byte[] one, List<byte[]> parts) {
        var weight = 1;
        for (var other : parts) {
            if (other != one) {
                weight = multiplied(weight, multiplied(x(other), inverse(x(other) ^ x(one))));
            }
        }
        return weight;
    }

    private static int x(byte[] part) {
        return part[part.length - 1] & 0xFF;
    }

    private static int multiplied(int a, int b) {
        var product = 0;
        for (var bit = 7; bit >= 0; bit--) {
            product = product << 1 ^ ((product & 0x80) == 0 ? 0 : 0x11B);
            product ^= (b >> bit & 1) == 0 ? 0 : a;
        }
        return product;
    }

    /// The 254th power.
    private static int inverse(int a) {
        var power = 1;
        for (var i = 0; i < 254; i++) {
            power = multiplied(power, a);
        }
        return power;
    }
}
