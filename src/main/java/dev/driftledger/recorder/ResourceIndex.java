package dev.driftledger.recorder;

import dev.driftledger.model.ResourceKey;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The live objects of a cluster, sorted by namespace, with the autoscalers of each.
final class ResourceIndex {
    private final TreeMap<ResourceKey, Row.Resource> rows = new TreeMap<>();
    private final Map<ResourceKey, SortedSet<ResourceKey>> scalers = new HashMap<>();
    private final Map<String, String> words = new HashMap<>();

    Row.@Nullable Resource put(ResourceKey key, Row.@Nullable Resource row) {
        Row.Resource old;
        if (row == null) {
            old = rows.remove(key);
        } else {
            Row.Resource slim = slim(row);
            old = rows.put(slim.key(), slim);
        }
        if (old != null && old.target() != null) {
            scale(old.target(), key, false);
        }
        if (row != null && row.target() != null) {
            scale(row.target(), key, true);
        }
        return old;
    }

    private void scale(ResourceKey target, ResourceKey scaler, boolean does) {
        SortedSet<ResourceKey> by = scalers.computeIfAbsent(target, _ -> new TreeSet<>());
        if (does) {
            by.add(scaler);
        } else {
            by.remove(scaler);
        }
        if (by.isEmpty()) {
            scalers.remove(target);
        }
    }

    /// Words that thousands of objects share are kept once.
    private Row.Resource slim(Row.Resource row) {
        return new Row.Resource(
                word(row.key()),
                word(row.path()),
                row.uid(),
                row.resourceVersion(),
                row.fingerprint(),
                row.object(),
                row.content().equals(row.object()) ? row.object() : row.content(),
                row.seenAt(),
                row.controller() == null ? null : word(row.controller()),
                row.target(),
                row.effects(),
                row.images().stream().map(this::word).toList(),
                row.unreadable());
    }

    private ResourceKey word(ResourceKey key) {
        return new ResourceKey(
                word(key.group()), word(key.kind()), word(key.namespace()), key.name());
    }

    private String word(String text) {
        String known = words.putIfAbsent(text, text);
        return known == null ? text : known;
    }

    Row.@Nullable Resource find(ResourceKey key) {
        return rows.get(key);
    }

    /// The objects of one namespace, sorted; the empty name means those in none.
    List<Row.Resource> inNamespace(String namespace) {
        ResourceKey from = new ResourceKey("", "", namespace, "");
        ResourceKey to = new ResourceKey("", "", namespace + '\0', "");
        return List.copyOf(rows.subMap(from, to).values());
    }

    /// All objects of a kind in a namespace, sorted by name.
    List<Row.Resource> ofKind(String namespace, String group, String kind) {
        ResourceKey from = new ResourceKey(group, kind, namespace, "");
        ResourceKey to = new ResourceKey(group, kind + '\0', namespace, "");
        return List.copyOf(rows.subMap(from, to).values());
    }

    /// The autoscalers that target the object, sorted.
    List<ResourceKey> scalers(ResourceKey target) {
        SortedSet<ResourceKey> by = scalers.get(target);
        return by == null ? List.of() : List.copyOf(by);
    }

    Collection<Row.Resource> all() {
        return Collections.unmodifiableCollection(rows.values());
    }
}
