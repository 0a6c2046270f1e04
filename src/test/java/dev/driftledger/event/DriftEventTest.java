package dev.driftledger.event;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.driftledger.ledger.Entry;
import dev.driftledger.ledger.EntryType;
import dev.driftledger.model.ClusterRef;
import dev.driftledger.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DriftEventTest {
    private static final String FINDING =
            """
            {"finding":"%s","class":"changed","state":"open",
             "application":"none:shop:cart","path":"spec.replicas","desired":2,"live":5,
             "owner":{"type":"human","manager":"kubectl","user":"alice","evidence":"audit"},
             "severity":"high","openedAt":"2026-11-22T14:47:23.710Z","count":1,
             "applied":"%s"}
            """
                    .formatted("b".repeat(32), "c".repeat(40));

    @Test
    void a_finding_becomes_an_event_with_who_when_and_where() {
        DriftEvent event = requireNonNull(DriftEvent.of(7, entry(FINDING), "http://d"));

        assertThat(event.type()).isEqualTo("dev.driftledger.drift.detected.v1");
        assertThat(event.id()).isEqualTo("a".repeat(32));
        assertThat(event.source()).hasToString("/clusters/c-1/none/shop/cart");
        assertThat(event.key()).isEqualTo("c-1/none/shop/cart");
        assertThat(event.subject()).isEqualTo("apps/v1/Deployment/shop/cart");
        assertThat(event.extensions())
                .containsEntry("sequence", "7")
                .containsEntry("authtype", "user")
                .containsEntry("authid", "alice")
                .containsEntry("severitynumber", "17")
                .containsEntry("causationid", "c".repeat(40))
                .containsEntry("partitionkey", "c-1/none/shop/cart");
        assertThat(event.dataSchema()).hasToString("http://d/schemas/drift.detected/v1.json");
    }

    @Test
    void nobody_is_guessed_when_no_audit_event_names_a_user() {
        DriftEvent event =
                requireNonNull(
                        DriftEvent.of(7, entry(FINDING.replace("\"user\":\"alice\",", "")), "u"));

        assertThat(event.extensions()).containsEntry("authtype", "unknown");
        assertThat(event.extensions()).doesNotContainKey("authid");
    }

    @Test
    void the_data_keeps_to_its_published_schema() throws IOException {
        DriftEvent event = requireNonNull(DriftEvent.of(7, entry(FINDING), "http://d"));
        Schema schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(
                                Files.readString(Path.of("kafka/schemas/drift.detected/v1.json")));

        assertThat(schema.validate(event.data().toString(), InputFormat.JSON)).isEmpty();
        ObjectNode broken = event.data().deepCopy();
        broken.remove("finding");
        assertThat(schema.validate(broken.toString(), InputFormat.JSON)).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void every_type_of_event_keeps_to_its_published_schema(EntryType type, String body)
            throws IOException {
        // Given
        String name = requireNonNull(EventType.of(type)).schemaPath().substring(1);
        Schema schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(Files.readString(Path.of("kafka").resolve(name)));

        // When
        DriftEvent event = requireNonNull(DriftEvent.of(7, entry(type, body, null), "http://d"));

        // Then
        assertThat(schema.validate(event.data().toString(), InputFormat.JSON)).isEmpty();
    }

    /// Bodies as the recorder writes them, each with everything that is optional.
    static Stream<Arguments> bodies() {
        String revision =
                "{'id':'%1$s','author':'Ada <a@b.example>',"
                        + "'committedAt':'2026-11-22T18:58:26.000Z','subject':'Ship it'}";
        String resolution =
                "'resolution':{'by':'human','manager':'kubectl','user':'alice','revision':'%1$s',"
                        + "'at':'2026-11-22T18:59:18.759Z'}";
        String finding = FINDING.strip().replaceFirst("}$", "");
        return Stream.of(
                        Arguments.of(EntryType.FINDING_OPENED, FINDING),
                        Arguments.of(
                                EntryType.FINDING_UPDATED,
                                finding + ",'rule':'list-map','certainty':'schema'}"),
                        Arguments.of(EntryType.FINDING_RESOLVED, finding + "," + resolution + "}"),
                        Arguments.of(
                                EntryType.SYNC_RECORDED,
                                "{'application':'none:shop:cart','previous':'%1$s','revision':"
                                        + revision
                                        + "}"),
                        Arguments.of(
                                EntryType.EFFECT_OBSERVED,
                                "{'application':'none:shop:cart','effect':'cluster-ip',"
                                        + "'path':'spec.clusterIPs[0]','change':'changed',"
                                        + "'old':'10.96.0.1','new':'10.96.0.2'}"),
                        Arguments.of(
                                EntryType.GAP,
                                "{'cause':'expired','detail':'HTTP 410','types':['/api/v1/pods'],"
                                        + "'from':'2026-11-22T18:57:03.878Z',"
                                        + "'to':'2026-11-22T18:57:36.712Z'}"))
                .map(it ->
                        Arguments.of(
                                it.get()[0],
                                String.valueOf(it.get()[1])
                                        .replace("%1$s", "c".repeat(40))
                                        .replace('\'', '"')));
    }

    @Test
    void entries_that_nobody_waits_for_are_no_events() {
        assertThat(DriftEvent.of(7, entry(EntryType.HEARTBEAT, "{}", null), "u")).isNull();
    }

    private static Entry entry(String body) {
        return entry(
                EntryType.FINDING_OPENED,
                body,
                new Entry.Subject("apps", "v1", "Deployment", "shop", "cart", null, null));
    }

    private static Entry entry(EntryType type, String body, Entry.@Nullable Subject subject) {
        Instant at = Instant.parse("2026-11-22T14:47:23.710Z");
        return new Entry(
                1,
                type,
                "a".repeat(32),
                new Entry.Source("recorder", "1"),
                0,
                null,
                at,
                at,
                new ClusterRef("c-1", "test"),
                null,
                subject,
                new TreeMap<>(),
                object(body),
                null,
                null,
                null,
                null);
    }

    private static ObjectNode object(String json) {
        try {
            return (ObjectNode) Json.parse(json.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
