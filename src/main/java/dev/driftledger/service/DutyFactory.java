package dev.driftledger.service;

import dev.driftledger.cluster.ClusterConfig;
import dev.driftledger.cluster.ClusterWatch;
import dev.driftledger.cluster.ClustersConfig;
import dev.driftledger.cluster.EdgeKey;
import dev.driftledger.desired.DesiredConfig;
import dev.driftledger.desired.Pollers;
import dev.driftledger.intake.KafkaIntakeSink;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Makes the duties that the configuration asks for.
@Singleton
final class DutyFactory {
    private final ServiceConfig service;
    private final ClustersConfig clusters;
    private final SourceConfig sources;
    private final WatchDuty.Parts parts;

    DutyFactory(
            ServiceConfig service,
            ClustersConfig clusters,
            ClusterConfig cluster,
            SourceConfig sources,
            DesiredConfig desired,
            KafkaIntakeSink sink,
            Keys keys,
            Instance instance) {
        this.service = service;
        this.clusters = clusters;
        this.sources = sources;
        EdgeKey key = keys.edgeKey();
        List<String> confidential = service.confidentialPaths().orElse(List.of());
        Clock clock = Clock.systemUTC();
        this.parts =
                new WatchDuty.Parts(
                        sink,
                        new Pollers(desired, sink, key.redaction(confidential), clock),
                        new ClusterWatch.Options(
                                cluster.settings(),
                                key,
                                confidential,
                                instance.name(),
                                instance.version()),
                        clock);
    }

    /// One duty per cluster that is configured and enabled, by name.
    List<Duty> duties() {
        Map<String, ClustersConfig.Cluster> byName = new TreeMap<>(clusters.byName());
        return byName.entrySet().stream()
                .filter(e -> e.getValue().enabled())
                .<Duty>map(e -> duty(e.getKey(), e.getValue()))
                .toList();
    }

    private WatchDuty duty(String name, ClustersConfig.Cluster cluster) {
        return new WatchDuty(
                name,
                cluster.clientConfig(name),
                RecorderSettings.of(name, service, sources),
                parts);
    }

    @PreDestroy
    void close() {
        parts.pollers().close();
    }
}
