package dev.driftledger.drift;

import java.util.Collection;
import java.util.TreeSet;

/// Spelled paths, among which those around or below another one are found without a look at all:
/// an object of the largest size has tens of thousands.
final class PathSet {
    private final TreeSet<String> paths;

    PathSet(Collection<String> paths) {
        this.paths = new TreeSet<>(paths);
    }

    Collection<String> all() {
        return paths;
    }

    /// Whether one of them is this path, around it or below it.
    boolean overlaps(String path) {
        return paths.contains(path) || below(path + ".") || below(path + "[") || isInside(path);
    }

    private boolean below(String start) {
        String next = paths.ceiling(start);
        return next != null && next.startsWith(start);
    }

    private boolean isInside(String path) {
        for (int end = path.length() - 1; end > 0; end--) {
            char c = path.charAt(end);
            if ((c == '.' || c == '[') && paths.contains(path.substring(0, end))) {
                return true;
            }
        }
        return false;
    }
}
