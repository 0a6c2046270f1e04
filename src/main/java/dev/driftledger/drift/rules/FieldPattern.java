package dev.driftledger.drift.rules;

import com.google.re2j.Pattern;

/// A pattern of paths as differences spell them: `[]` any item or key, `*` any text within one
/// step, `**` any number of steps, everything else itself. It covers what lies below, too. Compiled
/// to RE2, so that many stars cost no more than few.
public final class FieldPattern {
    private final Pattern pattern;

    private FieldPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /// @throws RuleException when it is too long
    static FieldPattern of(String text) throws RuleException {
        return new FieldPattern(Expressions.compile(regex(text), Pattern.DOTALL));
    }

    /// Whether the path, or a node around it, fits.
    public boolean covers(String path) {
        return pattern.matches(path);
    }

    private static String regex(String text) {
        StringBuilder regex = new StringBuilder();
        boolean inside = false;
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (text.startsWith("**", i)) {
                regex.append(".*");
                i++;
            } else if (text.startsWith("[]", i)) {
                regex.append("\\[[^\\]]*\\]");
                i++;
            } else if (c == '*') {
                regex.append(inside ? "[^\\]]*" : "[^.\\[\\]]*");
            } else {
                inside = c == '[' || (inside && c != ']');
                regex.append(Pattern.quote(String.valueOf(c)));
            }
            i++;
        }
        return regex.append("(?:[.\\[].*)?").toString();
    }
}
