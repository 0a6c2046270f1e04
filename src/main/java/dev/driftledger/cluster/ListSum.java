package dev.driftledger.cluster;

/// A sum over the identity and version of a set of objects: equal sets have equal sums in any
/// order, unequal ones differ but by a chance of about one in 2^64. Takes no memory per object.
final class ListSum {
    private long sum;
    private int count;

    /// Counts one object in.
    void add(String key, String uid, String resourceVersion) {
        long hash = 0xcbf29ce484222325L;
        hash = mixed(hash, key);
        hash = mixed(hash, uid);
        hash = mixed(hash, resourceVersion);
        hash ^= hash >>> 33;
        hash *= 0xff51afd7ed558ccdL;
        hash ^= hash >>> 33;
        hash *= 0xc4ceb9fe1a85ec53L;
        sum += hash ^ hash >>> 33;
        count++;
    }

    /// Whether both are of the same set.
    boolean matches(ListSum other) {
        return sum == other.sum && count == other.count;
    }

    /// How many objects were counted in.
    int count() {
        return count;
    }

    private static long mixed(long start, String text) {
        long hash = start;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return (hash ^ 0xffff) * 0x100000001b3L;
    }
}
