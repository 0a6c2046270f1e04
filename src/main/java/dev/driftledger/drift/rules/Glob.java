package dev.driftledger.drift.rules;

import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/// A glob as gobwas/glob reads it without separators: `*` and `**` any text, `?` one character,
/// `[abc]`, `[a-z]`, `[!a-z]` one of these, `{a,b}` one of these, a backslash before a character
/// that stands for itself. Compiled to RE2, so matching takes time linear in the text.
final class Glob {
    /// Longer patterns are refused.
    private static final int LENGTH_MAX = 256;

    private final @Nullable String literal;
    private final @Nullable Pattern pattern;

    private Glob(@Nullable String literal, @Nullable Pattern pattern) {
        this.literal = literal;
        this.pattern = pattern;
    }

    /// A text that stands for itself.
    static Glob exactly(String text) {
        return new Glob(text, null);
    }

    /// @throws RuleException when it is no glob
    static Glob of(String glob) throws RuleException {
        if (glob.length() > LENGTH_MAX) {
            throw new RuleException("glob has more than " + LENGTH_MAX + " characters");
        }
        if (glob.chars().noneMatch(c -> "*?[{\\".indexOf(c) >= 0)) {
            return exactly(glob);
        }
        return new Glob(null, Expressions.compile(regex(glob), Pattern.DOTALL));
    }

    /// The only text it matches; null when there may be others.
    @Nullable String literal() {
        return literal;
    }

    boolean matches(String text) {
        return pattern == null ? text.equals(literal) : pattern.matches(text);
    }

    private static String regex(String glob) throws RuleException {
        StringBuilder regex = new StringBuilder();
        int open = 0;
        int i = 0;
        while (i < glob.length()) {
            char c = glob.charAt(i);
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                case '{' -> {
                    open++;
                    regex.append("(?:");
                }
                case '}' -> {
                    open--;
                    regex.append(open < 0 ? "\\}" : ")");
                    open = Math.max(open, 0);
                }
                case ',' -> regex.append(open > 0 ? "|" : ",");
                case '[' -> i = characters(glob, i, regex);
                case '\\' -> {
                    i++;
                    String next = i < glob.length() ? glob.substring(i, i + 1) : "\\";
                    regex.append(Pattern.quote(next));
                }
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
            i++;
        }
        if (open > 0) {
            throw new RuleException("'" + glob + "' lacks a }");
        }
        return regex.toString();
    }

    /// Writes a set of characters and returns where it ends.
    private static int characters(String glob, int from, StringBuilder regex) throws RuleException {
        int end = glob.indexOf(']', from + 1);
        if (end < 0 || end == from + 1) {
            throw new RuleException("'" + glob + "' lacks a ] or has nothing between [ and ]");
        }
        String inside = glob.substring(from + 1, end);
        boolean not = inside.startsWith("!");
        regex.append(not ? "[^" : "[");
        for (char c : inside.substring(not ? 1 : 0).toCharArray()) {
            regex.append("\\^[]&".indexOf(c) >= 0 ? "\\" : "").append(c);
        }
        regex.append(']');
        return end;
    }
}
