package dev.driftledger.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftledger.cluster.ClusterWatch;
import dev.driftledger.cluster.EdgeKey;
import dev.driftledger.cluster.RecordingReader;
import dev.driftledger.cluster.WatchSettings;
import dev.driftledger.desired.GitMirror;
import dev.driftledger.desired.SourceLimits;
import dev.driftledger.desired.SourceReader;
import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.Frontier;
import dev.driftledger.ledger.Hashing;
import dev.driftledger.ledger.Integration;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.Digest;
import dev.driftledger.model.Json;
import dev.driftledger.model.RecorderConfig;
import dev.driftledger.model.ResourceKey;
import dev.driftledger.recorder.Decision;
import dev.driftledger.service.BundledSchemas;
import dev.driftledger.service.MemoryLog;
import dev.driftledger.service.Replay;
import dev.driftledger.store.Batch;
import dev.driftledger.store.Leaf;
import dev.driftledger.store.Recorded;
import dev.driftledger.store.StoreFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Verdicts of the recording `shop`, explained out of a real database.
class ExplanationsIT {
    private static final Path SHOP = Path.of("src", "test", "resources", "recorder", "shop");
    private static final ApplicationId BILLING = new ApplicationId("none", "billing", "billing");
    private static final ResourceKey CRON_JOB =
            new ResourceKey("batch", "CronJob", "billing", "billing");

    @TempDir private static Path folder;
    private static StoreFixture store;
    private static ClusterRef cluster;
    private static Explanations explanations;

    @BeforeAll
    static void store_the_recording() throws Exception {
        store = StoreFixture.start();
        explanations = new Explanations(store.queries(), store.files());
        EdgeKey key =
                new EdgeKey(
                        "k1", "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8));
        SourceReader.Rules rules =
                new SourceReader.Rules(key.redaction(List.of()), SourceLimits.DEFAULTS, Set.of());
        try (GitMirror mirror =
                GitMirror.ofBundle(SHOP.resolve("repo.bundle"), folder.resolve("mirror"))) {
            Replay replay =
                    new Replay(
                            RecordingReader.Source.ofFile(SHOP.resolve("recording.jsonl.gz")),
                            BundledSchemas.documents(),
                            settings(),
                            new Replay.Git(mirror, rules));
            cluster = replay.cluster("shop");
            MemoryLog log = new MemoryLog(cluster);
            replay.run(
                    cluster,
                    log,
                    new ClusterWatch.Options(
                            WatchSettings.defaults(), key, List.of(), "replay", "1"),
                    null);
            append(log);
        }
    }

    @AfterAll
    static void close() {
        store.close();
    }

    private static RecorderConfig settings() {
        return new RecorderConfig(
                List.of(
                        new RecorderConfig.Application(
                                BILLING,
                                "recording",
                                "main",
                                "billing",
                                Duration.ofMinutes(15),
                                RecorderConfig.AppliedBy.parse("manager:ci"))),
                Duration.ofHours(1),
                new TreeMap<>());
    }

    private static void append(MemoryLog log) {
        List<Leaf> leaves = new ArrayList<>();
        for (int i = 0; i < log.entries().size(); i++) {
            leaves.add(
                    new Leaf(
                            log.entries().get(i),
                            log.leafBytes().get(i),
                            Hashing.leaf(log.leafBytes().get(i).bytes())));
        }
        TreeMap<Digest, Decision.Blob> blobs = new TreeMap<>();
        log.blobs()
                .forEach((digest, bytes) ->
                        blobs.put(digest, new Decision.Blob("application/json", bytes)));
        Integration integration =
                Integration.append(Frontier.EMPTY, leaves.stream().map(Leaf::hash).toList());
        StoreFixture.await(store.logs().load(cluster, "test/" + cluster.uid()));
        StoreFixture.await(
                store.logs()
                        .append(
                                new Batch(
                                        cluster,
                                        0,
                                        -1,
                                        10,
                                        0,
                                        leaves,
                                        integration.completed(),
                                        blobs,
                                        List.of())));
    }

    @Test
    void every_resource_of_a_snapshot_is_explained_to_the_verdict_that_the_log_states()
            throws IOException {
        // Given
        Recorded snapshot =
                StoreFixture.await(store.queries().application(cluster.uid(), BILLING, null))
                        .orElseThrow();
        Entry.BlobRef list = Objects.requireNonNull(snapshot.entry().blob());
        JsonNode rows =
                Json.parse(
                        StoreFixture.await(store.files().blob(list.sha256()))
                                .orElseThrow()
                                .content()
                                .bytes());

        // When
        List<String> stated = new ArrayList<>();
        List<String> explained = new ArrayList<>();
        for (JsonNode row : rows) {
            ResourceKey key = ResourceKey.ofId(row.path("resource").asText());
            stated.add(key + " " + row.path("verdict").asText());
            explained.add(key + " " + explain(key).verdict());
        }

        // Then
        assertThat(explained).isEqualTo(stated).hasSizeGreaterThan(1);
    }

    @Test
    void a_drifted_field_is_explained_from_the_entries_to_the_verdict() {
        // When
        ExplanationView told = explain(CRON_JOB);

        // Then
        assertThat(told.verdict()).isEqualTo("drifted");
        assertThat(told.application()).isEqualTo(PublicId.of(cluster.uid(), BILLING.id()));
        assertThat(told.steps().getFirst().rule()).isEqualTo("snapshot");
        assertThat(told.steps())
                .anyMatch(step -> step.words().contains("compared by the schema sha256"))
                .anyMatch(step ->
                        "spec.suspend".equals(step.path()) && step.stage().equals("judgement"));
        assertThat(told.parts()).anyMatch(ExplanationView.Part::judged);
    }

    @Test
    void what_nobody_names_and_nobody_saw_is_not_recorded() {
        assertThatThrownBy(() -> explain(new ResourceKey("", "ConfigMap", "billing", "nowhere")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("nobody names it");
    }

    private static ExplanationView explain(ResourceKey key) {
        return StoreFixture.await(
                explanations.of(new Explanations.Asked(cluster.uid(), key, null)));
    }
}
