package dev.driftledger.model;

import java.util.Locale;

/// Tells a key that is likely to be meant for another, such as `ignoreDifference`.
public final class Misspelling {
    private static final int BEGIN = 4;

    private Misspelling() {}

    /// Whether a key begins or ends like another, whatever the case, and is about as long; false
    /// for the other itself.
    public static boolean of(String key, String meant) {
        String one = key.toLowerCase(Locale.ROOT);
        String two = meant.toLowerCase(Locale.ROOT);
        String begin = two.substring(0, Math.min(BEGIN, two.length()));
        String end = two.substring(two.length() / 2);
        return !key.equals(meant)
                && Math.abs(one.length() - two.length()) <= two.length() / 2
                && (one.startsWith(begin) || one.endsWith(end));
    }
}
