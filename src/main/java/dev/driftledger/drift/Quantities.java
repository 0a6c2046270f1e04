package dev.driftledger.drift;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Kubernetes quantities: `0.25Gi` is `256Mi`, `1000m` is `1`, `1e3` is `1k`
/// (k8s.io/apimachinery/pkg/api/resource).
final class Quantities {
    /// The longest text that is read as a quantity; longer ones are plain text.
    private static final int LENGTH_MAX = 64;

    private static final Map<String, BigDecimal> SUFFIXES =
            Map.ofEntries(
                    Map.entry("", BigDecimal.ONE),
                    Map.entry("n", new BigDecimal("1e-9")),
                    Map.entry("u", new BigDecimal("1e-6")),
                    Map.entry("m", new BigDecimal("1e-3")),
                    Map.entry("k", new BigDecimal("1e3")),
                    Map.entry("M", new BigDecimal("1e6")),
                    Map.entry("G", new BigDecimal("1e9")),
                    Map.entry("T", new BigDecimal("1e12")),
                    Map.entry("P", new BigDecimal("1e15")),
                    Map.entry("E", new BigDecimal("1e18")),
                    Map.entry("Ki", new BigDecimal(1L << 10)),
                    Map.entry("Mi", new BigDecimal(1L << 20)),
                    Map.entry("Gi", new BigDecimal(1L << 30)),
                    Map.entry("Ti", new BigDecimal(1L << 40)),
                    Map.entry("Pi", new BigDecimal(1L << 50)),
                    Map.entry("Ei", new BigDecimal(1L << 60)));

    private Quantities() {}

    /// Whether both texts are quantities of the same amount. The API server rounds what it is
    /// given up to nano, and up to milli in resource lists.
    static boolean same(String desired, String live) {
        BigDecimal wanted = parse(desired);
        BigDecimal found = parse(live);
        if (wanted == null || found == null) {
            return false;
        }
        return wanted.compareTo(found) == 0
                || rounded(wanted, 9).compareTo(found) == 0
                || rounded(wanted, 3).compareTo(found) == 0;
    }

    /// Whether the text is a quantity that carries a unit, so that it is none by accident.
    static boolean hasUnit(String text) {
        return !text.isEmpty()
                && Character.isLetter(text.charAt(text.length() - 1))
                && parse(text) != null;
    }

    /// The amount; null when the text is no quantity.
    static @Nullable BigDecimal parse(String text) {
        if (text.isEmpty() || text.length() > LENGTH_MAX) {
            return null;
        }
        int end = numberEnd(text);
        BigDecimal factor = SUFFIXES.get(text.substring(end));
        if (factor == null) {
            return exponent(text);
        }
        BigDecimal number = number(text.substring(0, end));
        return number == null ? null : number.multiply(factor);
    }

    private static BigDecimal rounded(BigDecimal value, int digits) {
        return value.signum() < 0
                ? value.setScale(digits, RoundingMode.FLOOR)
                : value.setScale(digits, RoundingMode.CEILING);
    }

    private static int numberEnd(String text) {
        int end = 0;
        while (end < text.length() && "+-.0123456789".indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        return end;
    }

    /// `1e3`, `12E-2`: at most two digits of exponent, as anything else is no amount of anything.
    private static @Nullable BigDecimal exponent(String text) {
        int e = Math.max(text.indexOf('e'), text.indexOf('E'));
        if (e < 1 || text.length() - e > 4) {
            return null;
        }
        BigDecimal number = number(text.substring(0, e));
        BigDecimal power = number(text.substring(e + 1));
        if (number == null || power == null || power.scale() > 0) {
            return null;
        }
        return number.scaleByPowerOfTen(power.intValue());
    }

    private static @Nullable BigDecimal number(String text) {
        int start = !text.isEmpty() && "+-".indexOf(text.charAt(0)) >= 0 ? 1 : 0;
        int digits = 0;
        int points = 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (c == '.') {
                points++;
            } else {
                return null;
            }
        }
        return digits == 0 || points > 1 ? null : new BigDecimal(text);
    }
}
