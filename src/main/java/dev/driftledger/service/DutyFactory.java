package dev.driftledger.service;

import dev.driftledger.cluster.ClusterConfig;
import dev.driftledger.cluster.ClusterWatch;
import dev.driftledger.cluster.ClustersConfig;
import dev.driftledger.cluster.EdgeKey;
import dev.driftledger.cluster.RecordingReader;
import dev.driftledger.desired.DesiredConfig;
import dev.driftledger.desired.GitMirror;
import dev.driftledger.desired.Pollers;
import dev.driftledger.desired.SourceException;
import dev.driftledger.desired.SourceLimits;
import dev.driftledger.desired.SourceReader;
import dev.driftledger.intake.KafkaIntakeSink;
import dev.driftledger.model.RecorderConfig;
import io.fabric8.kubernetes.client.Config;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Makes the duties that the configuration asks for.
@Singleton
final class DutyFactory {
    /// The name of the recorded cluster in configuration.
    static final String RECORDING = "recording";

    private final ServiceConfig service;
    private final ClustersConfig clusters;
    private final SourceConfig sources;
    private final DesiredConfig desired;
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
        this.desired = desired;
        EdgeKey key = keys.edgeKey();
        List<String> confidential = service.confidentialPaths().orElse(List.of());
        InstantSource clock = InstantSource.system();
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

    /// One duty per cluster that is configured and enabled, by name, and one for the recording if
    /// there is one.
    List<Duty> duties() {
        List<Duty> all = new ArrayList<>(live());
        service.recording().ifPresent(file -> all.add(recording(file)));
        return all;
    }

    private List<Duty> live() {
        Map<String, ClustersConfig.Cluster> byName = new TreeMap<>(clusters.byName());
        return byName.entrySet().stream()
                .filter(e -> e.getValue().enabled())
                .<Duty>map(e -> duty(e.getKey(), e.getValue()))
                .toList();
    }

    private WatchDuty duty(String name, ClustersConfig.Cluster cluster) {
        return new WatchDuty(
                name,
                clientConfig(name, cluster),
                RecorderSettings.of(name, service, sources),
                parts);
    }

    private static Config clientConfig(String name, ClustersConfig.Cluster cluster) {
        try {
            return cluster.clientConfig(name);
        } catch (IllegalArgumentException e) {
            throw new io.quarkus.runtime.configuration.ConfigurationException(e.getMessage());
        }
    }

    /// A recording is of the cluster named `recording`: sources belong to it by that name.
    private RecordingDuty recording(Path file) {
        RecorderConfig settings = RecorderSettings.of(RECORDING, service, sources);
        return new RecordingDuty(
                RECORDING,
                new Replay(
                        RecordingReader.Source.ofFile(file),
                        BundledSchemas.documents(),
                        settings,
                        service.recordingBundle().map(this::git).orElse(null)),
                parts.sink(),
                parts.options(),
                service.recordingSpeed() == 0 ? null : service.recordingSpeed());
    }

    private Replay.Git git(Path bundle) {
        Path mirror = service.dataDir().resolve("recording.git");
        try {
            return new Replay.Git(
                    GitMirror.ofBundle(bundle, mirror),
                    new SourceReader.Rules(
                            parts.options().key().redaction(parts.options().confidentialPaths()),
                            SourceLimits.of(desired),
                            Set.of()));
        } catch (SourceException e) {
            throw new ConfigurationException(
                    "driftledger.service.recording-bundle", "cannot be read: " + e.getMessage());
        }
    }

    @PreDestroy
    void close() {
        parts.pollers().close();
    }
}
