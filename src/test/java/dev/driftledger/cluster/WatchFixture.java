package dev.driftledger.cluster;

import dev.driftledger.intake.IntakeSink;
import dev.driftledger.model.IntakeRecord;
import dev.driftledger.model.ResourceType;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Settings for tests, and what a recorder would remember of records.
final class WatchFixture {
    private WatchFixture() {}

    static final EdgeKey KEY =
            new EdgeKey(
                    "test",
                    "0123456789abcdef0123456789abcdef"
                            .getBytes(java.nio.charset.StandardCharsets.US_ASCII));

    static WatchSettings quick() {
        return WatchSettings.defaults()
                .withTimes(
                        new WatchSettings.Times(
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(90),
                                Duration.ofMinutes(5),
                                Duration.ofMinutes(30),
                                Duration.ofMillis(50),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(10)));
    }

    static ClusterWatch.Options options(WatchSettings settings) {
        return new ClusterWatch.Options(settings, KEY, List.of(), "test", "0");
    }

    /// A started watch that knows nothing yet.
    static ClusterWatch watch(
            ClusterConnection connection, IntakeSink sink, WatchSettings settings) {
        ClusterWatch watch = new ClusterWatch(connection, Known.nothing(), sink, options(settings));
        watch.start();
        return watch;
    }

    /// What the log knows after these records, as [Known] wants it.
    static Known knownFrom(Collection<IntakeRecord> records) {
        Remembered known = new Remembered();
        records.forEach(known::take);
        return known;
    }

    private static final class Remembered implements Known {
        private final Map<String, String> versions = new HashMap<>();
        private final Map<ResourceType, Map<String, KnownObject>> objects = new LinkedHashMap<>();
        private final Map<String, String> schemas = new HashMap<>();
        private @Nullable Instant alive;

        private void take(IntakeRecord record) {
            alive = record.observedAt();
            switch (record) {
                case IntakeRecord.ObjectObserved o -> {
                    String namespace = o.object().at("/metadata/namespace").asText("");
                    String name = o.object().at("/metadata/name").asText();
                    String version = o.object().at("/metadata/resourceVersion").asText();
                    objects.computeIfAbsent(o.resourceType(), _ -> new LinkedHashMap<>())
                            .put(
                                    namespace + "/" + name,
                                    new KnownObject(
                                            namespace,
                                            name,
                                            o.object().at("/metadata/uid").asText(),
                                            version,
                                            o.fingerprint()));
                    versions.computeIfPresent(
                            o.resourceType().path(),
                            (_, v) -> Versions.isOlder(v, version) ? version : v);
                }
                case IntakeRecord.ObjectDeleted d -> {
                    objects.getOrDefault(d.resourceType(), new HashMap<>())
                            .remove(d.key().namespace() + "/" + d.key().name());
                    versions.computeIfPresent(
                            d.resourceType().path(),
                            (_, v) ->
                                    Versions.isOlder(v, d.resourceVersion())
                                            ? d.resourceVersion()
                                            : v);
                }
                case IntakeRecord.WatchStarted s ->
                        versions.put(s.resourceType().path(), s.resourceVersion());
                case IntakeRecord.Heartbeat h -> versions.putAll(h.resourceVersions());
                case IntakeRecord.SchemaObserved s -> schemas.put(s.path(), s.contentHash());
                default -> {}
            }
        }

        @Override
        public @Nullable Instant lastAliveAt() {
            return alive;
        }

        @Override
        public Map<String, String> resourceVersions() {
            return versions;
        }

        @Override
        public Set<ResourceType> types() {
            return objects.keySet();
        }

        @Override
        public Iterable<KnownObject> objects(ResourceType type) {
            return objects.getOrDefault(type, Map.of()).values();
        }

        @Override
        public Map<String, String> schemaHashes() {
            return schemas;
        }
    }
}
