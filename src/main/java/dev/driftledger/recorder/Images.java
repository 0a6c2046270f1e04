package dev.driftledger.recorder;

import dev.driftledger.model.ResourceKey;
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
            ResourceKey owner = pod.key();
            for (int i = 0; i < OWNERS_MAX && owner != null && !pod.images().isEmpty(); i++) {
                images.computeIfAbsent(owner, _ -> new TreeSet<>()).addAll(pod.images());
                owner = ownerOf(state, owner);
            }
        }
        return images;
    }

    private static @Nullable ResourceKey ownerOf(RecorderState state, ResourceKey key) {
        Row.Resource row = state.resources().find(key);
        return row == null ? null : row.controller();
    }
}
