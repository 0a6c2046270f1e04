package dev.driftledger.cluster;

import dev.driftledger.model.ResourceType;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the log of a cluster knows already when watching begins, so that it can go on there.
///
/// It is read once, at the start. It must be of one moment: everything in it recorded, nothing
/// recorded left out.
public interface Known {
    /// The time of the last record of any kind; null when there is none.
    @Nullable Instant lastAliveAt();

    /// By type path, the version up to which everything of the type is recorded: the largest of
    /// what heartbeats and `WatchStarted` name, and of the versions of objects and deletions that
    /// were recorded after the type's last `WatchStarted`. A type whose list never completed is
    /// not in it.
    Map<String, String> resourceVersions();

    /// The types of which objects are known, as they were watched.
    Set<ResourceType> types();

    /// The objects that exist as far as is known; in any order, each once.
    Iterable<KnownObject> objects(ResourceType type);

    /// By document path such as `apis/apps/v1`, the hash of the OpenAPI document recorded last.
    Map<String, String> schemaHashes();

    /// One object as it was recorded last, readable or not.
    ///
    /// @param namespace empty for cluster-scoped objects
    /// @param fingerprint as its observation carried it; empty for an unreadable object
    record KnownObject(
            String namespace,
            String name,
            String uid,
            String resourceVersion,
            String fingerprint) {}

    /// Of a cluster that was never watched.
    static Known nothing() {
        return new Known() {
            @Override
            public @Nullable Instant lastAliveAt() {
                return null;
            }

            @Override
            public Map<String, String> resourceVersions() {
                return Map.of();
            }

            @Override
            public Set<ResourceType> types() {
                return Set.of();
            }

            @Override
            public Iterable<KnownObject> objects(ResourceType type) {
                return java.util.List.of();
            }

            @Override
            public Map<String, String> schemaHashes() {
                return Map.of();
            }
        };
    }
}
