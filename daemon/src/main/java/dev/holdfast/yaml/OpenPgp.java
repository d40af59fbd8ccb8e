package dev.holdfast.yaml;

/// Tells an encrypted OpenPGP message (RFC 9580, as `gpg --encrypt` writes it) from other binary data: it begins with
/// packets that hold the encrypted session key, and then has the encrypted data.
final class OpenPgp {

    private static final int FOR_A_KEY = 1;
    private static final int FOR_A_PASSPHRASE = 3;
    private static final int MOST_RECIPIENTS = 100;

    private OpenPgp() {}

    static boolean isMessage(byte[] content) {
        var at = 0;
        for (var packet = 0; packet < MOST_RECIPIENTS && at + 2 < content.length; packet++) {
            var tag = tag(content[at] & 0xFF);
            if (packet > 0 && (tag == 9 || tag == 18 || tag == 20)) {
                return true;
            }
            var header = headerLength(content, at);
            var length = header < 0 ? -1 : bodyLength(content, at);
            if (tag != FOR_A_KEY && tag != FOR_A_PASSPHRASE || length <= 0 || at + header >= content.length) {
                return false;
            }
            var version = content[at + header];
            if (tag == FOR_A_KEY ? version != 3 && version != 6 : version < 4 || version > 6) {
                return false;
            }
            at += header + length;
        }
        return false;
    }

    /// -1 where it is no packet.
    private static int tag(int first) {
        if ((first & 0x80) == 0) {
            return -1;
        }
        return (first & 0x40) != 0 ? first & 0x3F : (first >> 2) & 0x0F;
    }

    /// How long tag and length are; -1 for a length that packets of session keys do not have.
    private static int headerLength(byte[] content, int at) {
        if ((content[at] & 0x40) == 0) {
            return switch (content[at] & 3) {
                case 0 -> 2;
                case 1 -> 3;
                default -> -1;
            };
        }
        var length = content[at + 1] & 0xFF;
        return length < 192 ? 2 : length < 224 ? 3 : -1;
    }

    private static int bodyLength(byte[] content, int at) {
        var first = content[at + 1] & 0xFF;
        var second = content[at + 2] & 0xFF;
        if ((content[at] & 0x40) == 0) {
            return (content[at] & 3) == 0 ? first : (first << 8) + second;
        }
        return first < 192 ? first : ((first - 192) << 8) + second + 192;
    }
}
