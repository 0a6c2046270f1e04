package dev.driftledger.drift.rules;

import com.google.re2j.Pattern;

/// A pattern of paths as differences spell them: `[]` any item or key, `*` any text within one
/// step, `**` any number of steps, everything else itself. A step may stand after a dot or in
/// brackets, it means the same. It covers what lies below, too. Compiled to RE2, so that many stars
/// cost no more than few.
public final class FieldPattern {
    private static final String LIKE = "; paths are spelled like metadata.labels[example.com/a]";

    private final Pattern pattern;

    private FieldPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /// @throws RuleException when it is too long, or can be no path
    static FieldPattern of(String text) throws RuleException {
        return new FieldPattern(Expressions.compile(regex(text), Pattern.DOTALL));
    }

    /// Whether the path, or a node around it, fits.
    public boolean covers(String path) {
        return pattern.matches(path);
    }

    private static String regex(String text) throws RuleException {
        if (text.startsWith("/")) {
            throw flawed(text, "is a JSON pointer");
        }
        StringBuilder regex = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            boolean bracket = text.charAt(at) == '[';
            int from = bracket || (at > 0 && text.charAt(at) == '.') ? at + 1 : at;
            int end = bracket ? closing(text, from) : plainEnd(text, from);
            String step = text.substring(from, end);
            if (bracket) {
                requireBare(text, step);
            } else {
                requirePlain(text, step);
            }
            step(step, at == 0, regex);
            at = bracket ? end + 1 : end;
        }
        return regex.append("(?:[.\\[].*)?").toString();
    }

    /// Where the bracket ends: before another step, or with the text.
    private static int closing(String text, int from) throws RuleException {
        for (int i = text.indexOf(']', from); i >= 0; i = text.indexOf(']', i + 1)) {
            if (i + 1 == text.length() || ".[".indexOf(text.charAt(i + 1)) >= 0) {
                return i;
            }
        }
        throw flawed(text, "lacks a ]");
    }

    private static int plainEnd(String text, int from) {
        int end = from;
        while (end < text.length() && ".[".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private static void requirePlain(String path, String step) throws RuleException {
        if (step.isEmpty()) {
            throw flawed(path, "begins or ends with a dot, or has two in a row");
        }
        if (step.indexOf(']') >= 0) {
            throw flawed(path, "has a ] without its [");
        }
        if (step.indexOf('/') >= 0) {
            throw flawed(path, "has a / outside of brackets");
        }
    }

    private static void requireBare(String path, String step) throws RuleException {
        char first = step.isEmpty() ? ' ' : step.charAt(0);
        if ((first == '\'' || first == '"') && step.endsWith(String.valueOf(first))) {
            throw flawed(path, "has quotation marks in brackets");
        }
    }

    private static RuleException flawed(String path, String flaw) {
        return new RuleException("paths has '" + path + "', which " + flaw + LIKE);
    }

    private static void step(String step, boolean first, StringBuilder regex) {
        if (step.equals("**")) {
            regex.append(first ? ".*" : "[.\\[].*");
            return;
        }
        String any = step.isEmpty() ? "*" : step;
        regex.append(first ? "(?:" : "(?:\\.");
        words(any, "[^.\\[\\]]*", regex);
        regex.append("|\\[");
        words(any, "[^\\]]*", regex);
        regex.append("\\])");
    }

    private static void words(String step, String star, StringBuilder regex) {
        int at = 0;
        while (at < step.length()) {
            int next = step.indexOf('*', at);
            int end = next < 0 ? step.length() : next;
            if (end > at) {
                regex.append(Pattern.quote(step.substring(at, end)));
            } else if (step.startsWith("**", at)) {
                regex.append(".*");
                end += 2;
            } else {
                regex.append(star);
                end++;
            }
            at = end;
        }
    }
}
