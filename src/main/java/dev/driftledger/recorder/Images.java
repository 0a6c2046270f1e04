package dev.driftledger.recorder;

import dev.driftledger.model.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The image digests that Pods really run, by the resource that made the Pods.
final class Images {
    private static final int OWNERS_MAX = 5;

    private Images() {}

    /// By each object that Pods of the namespace belong to, whatever lies between them.
    static SortedMap<ResourceKey, SortedSet<String>> inNamespace(
            RecorderState state, String namespace) {
        SortedMap<ResourceKey, SortedSet<String>> images = new TreeMap<>();
        for (Row.Resource pod : state.resources().ofKind(namespace, "", "Pod")) {
            if (!pod.images().isEmpty()) {
                for (ResourceKey owner : owners(state, pod)) {
                    images.computeIfAbsent(owner, _ -> new TreeSet<>()).addAll(pod.images());
                }
            }
        }
        return images;
    }

    /// The object itself and what it belongs to, from the nearest on.
    static List<ResourceKey> owners(RecorderState state, Row.Resource object) {
        List<ResourceKey> owners = new ArrayList<>();
        ResourceKey owner = object.key();
        while (owner != null && owners.size() < OWNERS_MAX) {
            owners.add(owner);
            owner = ownerOf(state, owner);
        }
        return owners;
    }

    private static @Nullable ResourceKey ownerOf(RecorderState state, ResourceKey key) {
        Row.Resource row = state.resources().find(key);
        return row == null ? null : row.controller();
    }
}
