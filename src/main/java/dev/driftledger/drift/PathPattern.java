package dev.driftledger.drift;

/// Patterns of spelled paths: `[]` is any item or key, `[abc*]` a key with that beginning, `**`
/// any number of steps, `*` any text within one step; everything else stands for itself.
final class PathPattern {
    private PathPattern() {}

    /// Whether the whole path fits the pattern.
    static boolean matches(String pattern, String path) {
        return matches(pattern, 0, path, 0);
    }

    private static boolean matches(String pattern, int p, String path, int s) {
        int at = p;
        int in = s;
        while (at < pattern.length()) {
            if (pattern.startsWith("**", at)) {
                return anySteps(pattern, at + 2, path, in);
            }
            char c = pattern.charAt(at);
            if (c == '[' && pattern.startsWith("[]", at)) {
                int end = in < path.length() && path.charAt(in) == '[' ? path.indexOf(']', in) : -1;
                if (end < 0) {
                    return false;
                }
                in = end + 1;
                at += 2;
            } else if (c == '*') {
                in = stepEnd(path, in);
                at++;
            } else if (in < path.length() && path.charAt(in) == c) {
                in++;
                at++;
            } else {
                return false;
            }
        }
        return in == path.length();
    }

    private static boolean anySteps(String pattern, int p, String path, int s) {
        if (p == pattern.length()) {
            return true;
        }
        for (int in = s; in <= path.length(); in++) {
            if (matches(pattern, p, path, in)) {
                return true;
            }
        }
        return false;
    }

    /// Inside brackets up to the closing one, else up to the next step.
    private static int stepEnd(String path, int from) {
        int closed = path.lastIndexOf(']', Math.max(0, from - 1));
        boolean bracket = path.lastIndexOf('[', from) > closed;
        int in = from;
        while (in < path.length()) {
            char c = path.charAt(in);
            if (c == ']' || (!bracket && (c == '.' || c == '['))) {
                break;
            }
            in++;
        }
        return in;
    }
}
