package dev.driftledger.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftledger.model.ApplicationId;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.Digest;
import dev.driftledger.model.IntakeRecord;
import dev.driftledger.model.Json;
import dev.driftledger.model.RecorderConfig;
import dev.driftledger.model.ResourceKey;
import dev.driftledger.model.ResourceType;
import dev.driftledger.model.Revision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class IntakeCodecTest {
    private static final ClusterRef CLUSTER = new ClusterRef("c-1", "test");
    private static final Instant AT = Instant.parse("2026-11-22T14:47:23.710Z");
    private static final ResourceType DEPLOYMENTS =
            new ResourceType("apps", "v1", "Deployment", "deployments", true);
    private static final ResourceKey CART = new ResourceKey("apps", "Deployment", "shop", "cart");
    private static final ApplicationId SHOP = new ApplicationId("none", "shop", "cart");

    @TestFactory
    Stream<DynamicTest> every_type_comes_back_as_it_went() throws IOException {
        List<IntakeRecord> records = oneOfEach();
        assertThat(records.stream().map(Object::getClass).distinct())
                .containsExactlyInAnyOrder(IntakeRecord.class.getPermittedSubclasses());
        return records.stream()
                .map(record ->
                        DynamicTest.dynamicTest(
                                record.getClass().getSimpleName(),
                                () ->
                                        assertThat(decode("c-1", IntakeCodec.encode(record)))
                                                .isEqualTo(record)));
    }

    private static List<IntakeRecord> oneOfEach() throws IOException {
        ObjectNode object =
                (ObjectNode)
                        Json.parse(
                                "{\"big\":12345678901234567890,\"exact\":0.10,\"s\":\"\\u0000é\"}"
                                        .getBytes(StandardCharsets.UTF_8));
        Digest digest = Digest.of(new byte[] {1});
        TreeMap<String, String> map = new TreeMap<>(java.util.Map.of("/api/v1/pods", "12"));
        return List.of(
                new IntakeRecord.ObjectObserved(CLUSTER, AT, DEPLOYMENTS, object, "f00d", true),
                new IntakeRecord.ObjectDeleted(CLUSTER, AT, DEPLOYMENTS, CART, "u", "7", null),
                new IntakeRecord.ObjectUnreadable(
                        CLUSTER, AT, DEPLOYMENTS, null, digest, 3, "too deep"),
                new IntakeRecord.WatchStarted(CLUSTER, AT, DEPLOYMENTS, "7", 3, true),
                new IntakeRecord.WatchGap(
                        CLUSTER, AT, List.of("/api/v1/pods"), AT, AT, "expired", "410"),
                new IntakeRecord.TypeUnavailable(CLUSTER, AT, DEPLOYMENTS, "forbidden", "403"),
                new IntakeRecord.Heartbeat(CLUSTER, AT, map, 9),
                new IntakeRecord.Scope(
                        CLUSTER,
                        AT,
                        List.of(DEPLOYMENTS),
                        List.of(new IntakeRecord.Excluded("", "events", "noise")),
                        Duration.ofMinutes(2),
                        "v1.36.3"),
                new IntakeRecord.SchemaObserved(CLUSTER, AT, "api/v1", "h", object),
                new IntakeRecord.ConfigChanged(CLUSTER, AT, config()),
                new IntakeRecord.DesiredObject(CLUSTER, AT, digest, object),
                new IntakeRecord.DesiredPart(
                        CLUSTER,
                        AT,
                        SHOP,
                        digest,
                        List.of(
                                new IntakeRecord.DesiredResource(
                                        CART, "apps/v1", digest, "a.yaml#1"))),
                new IntakeRecord.DesiredRendered(
                        CLUSTER,
                        AT,
                        SHOP,
                        new Revision("a".repeat(40), "A <a@b>", AT, "s"),
                        List.of(digest),
                        List.of(
                                new IntakeRecord.DesiredResource(
                                        CART, "apps/v1", digest, "a.yaml#1")),
                        List.of(new IntakeRecord.RenderProblem("b.yaml", "tab", true)),
                        false),
                new IntakeRecord.DesiredStale(CLUSTER, AT, SHOP, null, "away"),
                new IntakeRecord.DesiredFresh(CLUSTER, AT, SHOP),
                new IntakeRecord.AuditObserved(CLUSTER, AT, object),
                new IntakeRecord.HookReceived(CLUSTER, AT, "argocd", "/hooks", object),
                new IntakeRecord.InstanceStarted(CLUSTER, AT, "i", "1"),
                new IntakeRecord.InstanceStopped(CLUSTER, AT, "i", "stopped"),
                new IntakeRecord.Malformed(CLUSTER, AT, digest, 3, "x", "t/0/1"));
    }

    private static RecorderConfig config() {
        return new RecorderConfig(
                List.of(
                        new RecorderConfig.Application(
                                SHOP,
                                "file:///r.git",
                                "main",
                                "cart",
                                Duration.ofMinutes(15),
                                new RecorderConfig.AppliedBy(
                                        RecorderConfig.AppliedBy.Kind.MANAGER, "ci"))),
                Duration.ofHours(1),
                new TreeMap<>(java.util.Map.of("bot*", "controller")));
    }

    @Test
    void what_cannot_be_read_becomes_evidence_with_its_digest() {
        byte[] bytes = "{\"type\":\"heartbeat\"".getBytes(StandardCharsets.UTF_8);

        IntakeRecord record = decode("c-1", bytes);

        assertThat(record).isInstanceOf(IntakeRecord.Malformed.class);
        IntakeRecord.Malformed malformed = (IntakeRecord.Malformed) record;
        assertThat(malformed.digest()).isEqualTo(Digest.of(bytes));
        assertThat(malformed.cluster().uid()).isEqualTo("c-1");
        assertThat(malformed.origin()).isEqualTo("intake/0/5");
    }

    @Test
    void an_unknown_version_type_or_field_is_malformed_and_says_so() {
        byte[] good = IntakeCodec.encode(new IntakeRecord.DesiredFresh(CLUSTER, AT, SHOP));
        String text = new String(good, StandardCharsets.UTF_8);

        assertThat(problem("c-1", text.replace("\"v\":1", "\"v\":2"))).contains("v must be 1");
        assertThat(problem("c-1", text.replace("desired.fresh", "desired.new")))
                .isEqualTo("unknown type");
        assertThat(problem("c-1", text.replace("{\"type\"", "{\"extra\":1,\"type\"")))
                .isEqualTo("unknown field");
        assertThat(problem("c-1", "null")).contains("JSON object");
        assertThat(problem("c-2", text)).contains("uid");
    }

    @Test
    void a_record_of_nobody_goes_to_a_log_of_its_partition() {
        IntakeCodec.Envelope envelope = new IntakeCodec.Envelope("intake", 4, 6, 9, null, AT);

        IntakeRecord record = IntakeCodec.decode(envelope, new byte[] {1, 2}).record();

        assertThat(record.cluster().uid()).isEqualTo("unassigned-4");
    }

    @Test
    void a_key_that_poses_as_the_log_of_nobodys_records_goes_to_that_of_its_own_partition() {
        byte[] bytes = "{}".getBytes(StandardCharsets.UTF_8);

        assertThat(decode("unassigned-7", bytes).cluster().uid()).isEqualTo("unassigned-0");
    }

    @TestFactory
    Stream<DynamicTest> whatever_the_bytes_are_they_are_malformed_in_our_own_words() {
        return Stream.of(
                        "",
                        "\u0000",
                        "{\"v\":1",
                        "[".repeat(100_000),
                        "{\"v\":1,\"type\":\"heartbeat\"}",
                        "{\"v\":1,\"type\":\"desired.fresh\",\"cluster\":7}",
                        "{\"v\":1,\"type\":\"desired.fresh\",\"cluster\":{\"uid\":\"s3cret!\"}}",
                        "{\"v\":1,\"type\":\"heartbeat\",\"eventsCount\":1e400}")
                .map(text ->
                        DynamicTest.dynamicTest(
                                "'" + text.substring(0, Math.min(40, text.length())) + "'",
                                () -> {
                                    String problem = problem("c-1", text);
                                    assertThat(problem)
                                            .doesNotContain("Exception", "Error", "s3cret");
                                    assertThat(problem).isEqualTo(problem("c-1", text));
                                }));
    }

    private static String problem(String key, String text) {
        IntakeRecord record = decode(key, text.getBytes(StandardCharsets.UTF_8));
        assertThat(record).isInstanceOf(IntakeRecord.Malformed.class);
        return ((IntakeRecord.Malformed) record).problem();
    }

    private static IntakeRecord decode(String key, byte[] bytes) {
        return IntakeCodec.decode(new IntakeCodec.Envelope("intake", 0, 1, 5, key, AT), bytes)
                .record();
    }
}
