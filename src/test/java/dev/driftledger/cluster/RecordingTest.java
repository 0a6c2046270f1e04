package dev.driftledger.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.IntakeRecord;
import dev.driftledger.model.Json;
import dev.driftledger.model.ResourceType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecordingTest {
    private static final String HEADER =
            "{\"header\":{\"format\":\"driftledger-recording/1\",\"cluster\":\"c-1\","
                    + "\"kubernetes\":\"v1.36.3\",\"started\":\"2026-01-01T00:00:00Z\"}}\n";

    private static RecordingReader.Source shop() {
        return () -> {
            InputStream in =
                    RecordingTest.class.getResourceAsStream("/recordings/shop/recording.jsonl.gz");
            if (in == null) {
                throw new IOException("the shop recording is missing");
            }
            return in;
        };
    }

    private static RecordingReader.Source text(String lines) {
        return () -> new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8));
    }

    private static CollectedRecords play(
            RecordingReader.Source source, RecordingPlayer.GitChange onGit) throws Exception {
        CollectedRecords sink = new CollectedRecords();
        new RecordingPlayer(
                        source,
                        Map.of(),
                        sink,
                        new RecordingPlayer.Script(
                                "shop",
                                WatchFixture.options(WatchSettings.defaults()),
                                null,
                                onGit))
                .play();
        return sink;
    }

    private static String event(int second, String type, String object) {
        return "{\"at\":\"2026-01-01T00:00:%02dZ\",\"watch\":{\"path\":\"/api/v1/configmaps\","
                        .formatted(second)
                + "\"type\":\""
                + type
                + "\",\"object\":"
                + object
                + "}}\n";
    }

    private static String map(String name, String uid, int version) {
        return ("{\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"%s\",\"namespace\":\"n\","
                        + "\"uid\":\"%s\",\"resourceVersion\":\"%d\"}}")
                .formatted(name, uid, version);
    }

    private static String end(int version) {
        return ("{\"kind\":\"ConfigMap\",\"metadata\":{\"resourceVersion\":\"%d\","
                        + "\"annotations\":{\"k8s.io/initial-events-end\":\"true\"}}}")
                .formatted(version);
    }

    @Test
    void the_shop_plays_the_same_twice_and_holds_no_secret() throws Exception {
        // Given
        List<String> refs = new ArrayList<>();

        // When
        CollectedRecords first = play(shop(), (_, git) -> refs.add(git.refs().toString()));
        CollectedRecords second = play(shop(), RecordingPlayer.GitChange.NONE);

        // Then
        assertThat(second.all()).isEqualTo(first.all());
        assertThat(refs).hasSize(8);
        assertThat(first.of(IntakeRecord.AuditObserved.class)).hasSize(662);
        assertThat(first.of(IntakeRecord.HookReceived.class)).hasSize(30);
        assertThat(first.of(IntakeRecord.WatchStarted.class)).hasSize(69);
        assertThat(first.of(IntakeRecord.Heartbeat.class)).hasSizeGreaterThan(24);
        assertThat(first.of(IntakeRecord.WatchGap.class)).isEmpty();
        assertThat(first.of(IntakeRecord.ObjectUnreadable.class)).isEmpty();
        assertThat(first.of(IntakeRecord.ObjectDeleted.class)).hasSize(34);
        assertThat(first.of(IntakeRecord.ObjectObserved.class).size()).isBetween(450, 900);
        assertThat(first.all().toString()).doesNotContain("aG9vay1zZWNyZXQ=");
    }

    @Test
    void no_version_is_observed_twice() throws Exception {
        CollectedRecords sink = play(shop(), RecordingPlayer.GitChange.NONE);
        Set<String> versions = new HashSet<>();
        for (IntakeRecord.ObjectObserved seen : sink.of(IntakeRecord.ObjectObserved.class)) {
            String version =
                    seen.object().at("/metadata/uid").asText()
                            + "@"
                            + seen.object().at("/metadata/resourceVersion").asText();
            assertThat(versions.add(seen.resourceType().path() + version)).isTrue();
        }
    }

    @Test
    void a_path_that_starts_again_repeats_nothing_and_misses_nothing() throws Exception {
        // Given
        String lines =
                HEADER
                        + event(1, "ADDED", map("a", "u1", 1))
                        + event(1, "ADDED", map("b", "u2", 2))
                        + event(1, "ADDED", map("c", "u3", 3))
                        + event(2, "BOOKMARK", end(3))
                        + event(3, "ADDED", map("d", "u4", 4))
                        + event(4, "MODIFIED", map("a", "u1", 5))
                        + event(20, "ADDED", map("a", "u1", 5))
                        + event(20, "ADDED", map("c", "u9", 8))
                        + event(20, "ADDED", map("d", "u4", 4))
                        + event(21, "BOOKMARK", end(9));

        // When
        CollectedRecords sink = play(text(lines), RecordingPlayer.GitChange.NONE);

        // Then
        assertThat(sink.of(IntakeRecord.ObjectObserved.class))
                .extracting(o ->
                        o.object().at("/metadata/name").asText()
                                + o.object().at("/metadata/uid").asText()
                                + o.initial())
                .containsExactly("au1true", "bu2true", "cu3true", "du4false", "cu9false");
        assertThat(sink.of(IntakeRecord.ObjectDeleted.class))
                .extracting(d -> d.key().name() + d.uid() + (d.lastSeenAt() == null))
                .containsExactly("cu3false", "bu2false");
        assertThat(sink.of(IntakeRecord.WatchStarted.class))
                .extracting(IntakeRecord.WatchStarted::objectsCount)
                .containsExactly(3, 3);
    }

    @Test
    void broken_lines_are_named() {
        assertThatThrownBy(() -> play(text(HEADER + "{}\n"), RecordingPlayer.GitChange.NONE))
                .hasMessageContaining("recording, line 2: time must be RFC 3339");
        assertThatThrownBy(() -> play(text("{\"header\":{}}\n"), RecordingPlayer.GitChange.NONE))
                .hasMessageContaining("line 1: header.format must be driftledger-recording/1");
        assertThatThrownBy(() ->
                        play(
                                text(HEADER + "{\"at\":\"2026-01-01T00:00:00Z\"}\n"),
                                RecordingPlayer.GitChange.NONE))
                .hasMessageContaining("line 2: has none of watch, git, hook, audit");
        assertThatThrownBy(() -> play(text(HEADER + "nonsense\n"), RecordingPlayer.GitChange.NONE))
                .hasMessageContaining("line 2");
        assertThatThrownBy(() ->
                        play(
                                text(
                                        HEADER
                                                + event(1, "ADDED", "{}")
                                                        .replace("/api/v1/configmaps", "/../x")),
                                RecordingPlayer.GitChange.NONE))
                .hasMessageContaining("line 2: watch.path must be");
    }

    @Test
    void what_is_written_can_be_played_and_secrets_are_redacted() throws Exception {
        // Given
        ResourceType type = new ResourceType("", "v1", "Secret", "secrets", true);
        java.io.ByteArrayOutputStream file = new java.io.ByteArrayOutputStream();
        java.time.Instant at = java.time.Instant.parse("2026-01-01T00:00:00Z");
        io.fabric8.kubernetes.client.KubernetesClient client =
                new io.fabric8.kubernetes.client.KubernetesClientBuilder()
                        .withConfig(io.fabric8.kubernetes.client.Config.empty())
                        .build();
        byte[] secret =
                ("{\"metadata\":{\"name\":\"s\",\"namespace\":\"n\",\"uid\":\"u\","
                                + "\"resourceVersion\":\"5\"},\"data\":{\"p\":\"aHVudGVyMg==\"}}")
                        .getBytes(StandardCharsets.UTF_8);

        // When
        try (ClusterConnection connection =
                        new ClusterConnection(new ClusterRef("c-1", "c"), client, "v1");
                RecordingWriter writer =
                        new RecordingWriter(
                                file, connection, WatchFixture.KEY.redaction(List.of()), at)) {
            writer.change(at, type, "ADDED", secret, 0, secret.length);
            writer.change(at, type, "ADDED", new byte[] {'{'}, 0, 1);
            writer.listed(at, type, "5");
            writer.audit(
                    at,
                    Json.shared().createObjectNode().put("requestObject", "hunter2").put("a", 1));
            assertThat(writer.leftOutCount()).isEqualTo(1);
        }
        CollectedRecords sink =
                play(
                        () -> new ByteArrayInputStream(file.toByteArray()),
                        RecordingPlayer.GitChange.NONE);

        // Then
        String data =
                sink.of(IntakeRecord.ObjectObserved.class)
                        .getFirst()
                        .object()
                        .at("/data/p")
                        .asText();
        assertThat(data).startsWith("hmac-sha256:test:");
        assertThat(sink.all().toString()).doesNotContain("aHVudGVyMg", "hunter2");
        assertThat(sink.of(IntakeRecord.WatchStarted.class)).hasSize(1);
    }
}
