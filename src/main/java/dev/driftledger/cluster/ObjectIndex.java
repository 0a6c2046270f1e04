package dev.driftledger.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is remembered of every object of one type: about 300 bytes each, never its content.
///
/// Owned by one thread. A list is taken as one generation: what it does not name is gone.
final class ObjectIndex {
    private final Map<String, Seen> byKey = new HashMap<>();
    private int generation;

    /// One object as it was last seen.
    ///
    /// @param key `namespace/name`, `/name` for cluster-scoped objects
    /// @param generation the list that named it last
    record Seen(
            String key,
            String uid,
            String resourceVersion,
            Fingerprint16 fingerprint,
            int generation) {
        /// Empty for cluster-scoped objects.
        String namespace() {
            return key.substring(0, key.indexOf('/'));
        }

        /// The object's name.
        String name() {
            return key.substring(key.indexOf('/') + 1);
        }
    }

    /// The key under which an object is kept; neither part can hold a `/`.
    static String key(String namespace, String name) {
        return namespace + "/" + name;
    }

    /// Null when no such object is known.
    @Nullable Seen find(String key) {
        return byKey.get(key);
    }

    /// Remembers an object, in place of what was known.
    void put(String key, String uid, String resourceVersion, Fingerprint16 fingerprint) {
        Seen known = byKey.get(key);
        String sharedKey = known == null ? key : known.key;
        String sharedUid = known != null && known.uid.equals(uid) ? known.uid : uid;
        byKey.put(
                sharedKey,
                new Seen(sharedKey, sharedUid, resourceVersion, fingerprint, generation));
    }

    /// Forgets an object.
    void remove(String key) {
        byKey.remove(key);
    }

    /// How many objects are known.
    int count() {
        return byKey.size();
    }

    /// From here on objects belong to a new list.
    void beginList() {
        generation++;
    }

    /// What the list that is being taken has not named, sorted by key.
    List<Seen> unlisted() {
        List<Seen> gone = new ArrayList<>();
        for (Seen seen : byKey.values()) {
            if (seen.generation != generation) {
                gone.add(seen);
            }
        }
        gone.sort(java.util.Comparator.comparing(Seen::key));
        return gone;
    }

    /// Everything known, in no order.
    Collection<Seen> all() {
        return byKey.values();
    }
}
