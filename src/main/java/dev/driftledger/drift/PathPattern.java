package dev.driftledger.drift;

/// Patterns of spelled paths: `[]` is any item or key, `[abc*]` a key with that beginning, `**`
/// any number of steps, `*` any text within one step; everything else stands for itself.
final class PathPattern {
    private PathPattern() {}

    /// Whether the whole path fits the pattern. Of what stands between two `**` the first place
    /// that fits leaves the most to the rest, so no other is tried: many `**` cost no more than
    /// few.
    static boolean matches(String pattern, String path) {
        int at = 0;
        int in = 0;
        int rest = -1;
        int from = 0;
        while (at < pattern.length() || in < path.length()) {
            if (pattern.startsWith("**", at)) {
                at += 2;
                rest = at;
                from = in;
                continue;
            }
            int next = next(pattern, at, path, in);
            if (next >= 0) {
                at += pattern.startsWith("[]", at) ? 2 : 1;
                in = next;
            } else if (rest >= 0 && from < path.length()) {
                from++;
                at = rest;
                in = from;
            } else {
                return false;
            }
        }
        return true;
    }

    /// How far the path fits the pattern's next sign; negative when it does not.
    private static int next(String pattern, int at, String path, int in) {
        if (at == pattern.length()) {
            return -1;
        }
        if (pattern.startsWith("[]", at)) {
            int end = path.startsWith("[", in) ? path.indexOf(']', in) : -1;
            return end < 0 ? -1 : end + 1;
        }
        if (pattern.charAt(at) == '*') {
            return stepEnd(path, in);
        }
        return in < path.length() && path.charAt(in) == pattern.charAt(at) ? in + 1 : -1;
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
