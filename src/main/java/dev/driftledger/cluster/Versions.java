package dev.driftledger.cluster;

/// Orders resourceVersions of one type: decimal numbers of any length. What is no number has no
/// order.
final class Versions {
    private Versions() {}

    /// Whether both are numbers and the first is the smaller one.
    static boolean isOlder(String version, String than) {
        if (!isNumber(version) || !isNumber(than)) {
            return false;
        }
        if (version.length() != than.length()) {
            return version.length() < than.length();
        }
        return version.compareTo(than) < 0;
    }

    /// Whether both are numbers and the first is not the smaller one.
    static boolean reaches(String version, String goal) {
        return isNumber(version) && isNumber(goal) && !isOlder(version, goal);
    }

    private static boolean isNumber(String text) {
        if (text.isEmpty() || (text.charAt(0) == '0' && text.length() > 1)) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
