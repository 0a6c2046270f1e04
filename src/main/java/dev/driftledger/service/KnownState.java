package dev.driftledger.service;

import dev.driftledger.cluster.Known;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.RecorderConfig;
import dev.driftledger.model.ResourceKey;
import dev.driftledger.model.ResourceType;
import dev.driftledger.recorder.RecorderState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A copy of what a log knows of its cluster, for the watch that goes on from there.
///
/// @param lastAliveAt null when nothing was ever recorded
/// @param heads by application, the newest commit that was rendered
/// @param settings those in force when the heads were; null before the first
record KnownState(
        @Nullable Instant lastAliveAt,
        Map<String, String> resourceVersions,
        Map<ResourceType, List<Known.KnownObject>> objects,
        Map<String, String> schemaHashes,
        Map<ApplicationId, String> heads,
        @Nullable RecorderConfig settings)
        implements Known {

    /// Copies it out of the recorder's state.
    static KnownState of(RecorderState state) {
        Map<ResourceType, List<Known.KnownObject>> objects = new TreeMap<>();
        for (RecorderState.KnownObject known : state.knownObjects()) {
            objects.computeIfAbsent(type(known.path(), known.key()), _ -> new ArrayList<>())
                    .add(
                            new Known.KnownObject(
                                    known.key().namespace(),
                                    known.key().name(),
                                    known.uid(),
                                    known.resourceVersion(),
                                    known.fingerprint()));
        }
        return new KnownState(
                state.lastAliveAt(),
                state.resourceVersions(),
                objects,
                state.schemaHashes(),
                state.heads(),
                state.config());
    }

    /// The recorded heads that may be compared with what the sources say now: those of
    /// applications that still follow the same branch of the same repository.
    ///
    /// @param now the settings from now on
    Map<ApplicationId, String> comparableHeads(RecorderConfig now) {
        Map<ApplicationId, String> comparable = new TreeMap<>();
        heads.forEach((id, head) -> {
            RecorderConfig.Application before = settings == null ? null : settings.application(id);
            RecorderConfig.Application after = now.application(id);
            if (before != null
                    && after != null
                    && before.repository().equals(after.repository())
                    && before.branch().equals(after.branch())) {
                comparable.put(id, head);
            }
        });
        return comparable;
    }

    @Override
    public Set<ResourceType> types() {
        return objects.keySet();
    }

    @Override
    public Iterable<Known.KnownObject> objects(ResourceType type) {
        return objects.getOrDefault(type, List.of());
    }

    /// `/api/v1/pods` or `/apis/apps/v1/deployments`, and the kind that its objects have.
    private static ResourceType type(String path, ResourceKey key) {
        String[] parts = path.split("/", -1);
        String version = parts[parts.length - 2];
        String plural = parts[parts.length - 1];
        return new ResourceType(
                key.group(), version, key.kind(), plural, !key.namespace().isEmpty());
    }
}
