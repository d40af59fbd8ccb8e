package dev.holdfast.sops;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// Which values of a file are encrypted: by the keys on the way to a value, of which one may end with a suffix or match
/// an expression. Where comments decide, a value tells by itself.
///
/// @param encryptsMatches whether what matches is encrypted, or all else
/// @param matching null where comments decide
record Rules(boolean encryptsMatches, @Nullable Pattern matching) {

    static final Rules DEFAULT = suffix("_unencrypted", false);

    static Rules suffix(String suffix, boolean encrypts) {
        return new Rules(encrypts, Pattern.compile(Pattern.quote(suffix) + "\\z"));
    }

    /// @throws PatternSyntaxException where it is none
    static Rules expression(String expression, boolean encrypts) {
        return new Rules(encrypts, Pattern.compile(expression));
    }

    static Rules ofComments() {
        return new Rules(true, null);
    }

    boolean encrypts(List<String> path, String text) {
        var pattern = matching;
        return pattern == null
                ? EncryptedValue.parse(text).isPresent()
                : path.stream()
                                .anyMatch(
                                        key -> pattern.matcher(new Bounded(key)).find())
                        == encryptsMatches;
    }

    /// A key that an expression may look at so many times and no more: some would go on for years.
    private record Bounded(CharSequence text, int[] looks) implements CharSequence {

        private static final int MOST = 100_000;

        Bounded(String key) {
            this(key.length() > MOST / 100 ? key.substring(0, MOST / 100) : key, new int[1]);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (++looks[0] > MOST) {
                throw new TooSlow();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Bounded(text.subSequence(start, end), looks);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }

    static final class TooSlow extends RuntimeException {
        TooSlow() {
            super("an expression below sops takes too long", null, false, false);
        }
    }
}
