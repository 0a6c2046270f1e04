package dev.driftledger.drift.rules;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/// Regular expressions of RE2, as Go has them, so that matching takes time linear in the text.
public final class Expressions {
    private static final int LENGTH_MAX = 4096;

    /// Counted repetitions are written out when they are compiled, and nested ones multiply.
    private static final long REPETITIONS_MAX = 20_000;

    private Expressions() {}

    /// Compiles one expression.
    ///
    /// @param flags of [Pattern]
    /// @throws RuleException when it is no RE2 expression, too long or repeats too much
    public static Pattern compile(String regex, int flags) throws RuleException {
        if (regex.length() > LENGTH_MAX) {
            throw new RuleException(
                    "regular expression has more than " + LENGTH_MAX + " characters");
        }
        requireFewRepetitions(regex);
        try {
            return Pattern.compile(regex, flags);
        } catch (PatternSyntaxException e) {
            throw new RuleException("'" + regex + "' is no RE2 expression: " + e.getDescription());
        }
    }

    private static void requireFewRepetitions(String regex) throws RuleException {
        long product = 1;
        for (int at = regex.indexOf('{'); at >= 0; at = regex.indexOf('{', at + 1)) {
            int number = 0;
            int largest = 1;
            for (int i = at + 1; i < regex.length() && regex.charAt(i) != '}'; i++) {
                char c = regex.charAt(i);
                number = c >= '0' && c <= '9' ? Math.min(number * 10 + c - '0', 10_000) : 0;
                largest = Math.max(largest, number);
            }
            product *= largest;
            if (product > REPETITIONS_MAX) {
                throw new RuleException(
                        "'" + regex + "' repeats more than " + REPETITIONS_MAX + " times");
            }
        }
    }
}
